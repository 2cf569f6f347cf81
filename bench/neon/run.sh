#!/usr/bin/env bash
# Counts the instructions of inlay's and Eigen's calls on aarch64, for a machine that has none at hand: built by a cross
# compiler, run by qemu, which executes one instruction at a time and writes a line for each. Instructions are not time:
# latencies, caches and how many go at once are not seen.
set -euo pipefail
cd "$(dirname "$0")/../.."

build=build/neon
missing=''
command -v aarch64-linux-gnu-g++ >/dev/null || missing+=' g++-aarch64-linux-gnu'
command -v qemu-aarch64 >/dev/null || missing+=' qemu-user'
[[ -e /usr/include/eigen3 ]] || missing+=' libeigen3-dev'
[[ -z $missing ]] || { echo "neon/run.sh: missing:$missing. On Debian: apt-get install$missing" >&2; exit 1; }

cmake -S bench/neon -B "$build" -G Ninja -DCMAKE_TOOLCHAIN_FILE="$PWD/tests/aarch64.cmake" \
  -DCMAKE_CXX_COMPILER=aarch64-linux-gnu-g++ >/dev/null
echo 'building for aarch64' >&2
cmake --build "$build" >/dev/null

single=-singlestep # of qemu before 8.1
qemu-aarch64 -help | grep -q one-insn-per-tb && single=-one-insn-per-tb
count() { # <program> <library> <samples> <calls>
  "${run[@]}" "$single" -d exec,nochain -D /dev/fd/3 "$build/$1" "$2" "$3" "$4" 3>&1 >/dev/null | grep -c '^Trace'
}
instructions() { # <program> <library> <samples>: of one call
  "${run[@]}" "$build/$1" "$2" "$3" 3 check
  echo $((($(count "$1" "$2" "$3" 6) - $(count "$1" "$2" "$3" 1)) / 5))
}
run=(qemu-aarch64)

row() { # <task> <name> <samples>
  local program=$1_${2// /_} cost least ours theirs
  read -ra cost < <("${run[@]}" "$build/$program" cost)
  least=$((cost[$([[ $1 == training ]] && echo 1 || echo 0)] * $3 / 4))
  ours=$(instructions "$program" inlay "$3") theirs=$(instructions "$program" eigen "$3")
  awk -v w="$2, $1, $3" -v l="$least" -v o="$ours" -v e="$theirs" \
    'BEGIN { printf "%-26s %9d %11d %6.2f %13d %6.1f\n", w, l, o, o / l, e, e / o }'
}
printf '%-26s %9s %11s %6s %13s %6s\n' 'net, task, samples' 'products' inlay '' 'Eigen, fixed' ''
for net in 'N1 tanh' N1 'N2 tanh' N2 'N3 tanh' N3 N4 N5 N6 N7; do row inference "$net" 1; done
for net in N1 N2 N3 N4 N5 N6 N7; do row inference "$net" 32; done
for net in T1 T2 T3 T4; do row training "$net" 1; done
for net in T1 T2; do row training "$net" 32; done
