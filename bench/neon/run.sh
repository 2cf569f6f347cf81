#!/usr/bin/env bash
# Counts the instructions of inlay's and Eigen's calls on aarch64, for a machine that has none at hand: built by a cross
# compiler, run by qemu, which executes one instruction at a time and writes a line for each. Instructions are not time:
# latencies, caches and how many go at once are not seen.
set -euo pipefail
shopt -s inherit_errexit # what fails in $(...) fails the run
cd "$(dirname "$0")/../.."

.ci/require cmake ninja-build g++-aarch64-linux-gnu qemu-user libboost-dev libxsimd-dev libeigen3-dev

build=build/neon
cmake -S bench/neon -B "$build" -G Ninja -DCMAKE_TOOLCHAIN_FILE="$PWD/tests/aarch64.cmake" \
  -DCMAKE_CXX_COMPILER=aarch64-linux-gnu-g++ >/dev/null
echo 'building for aarch64' >&2
cmake --build "$build" >/dev/null

single=-singlestep # of qemu before 8.1
! qemu-aarch64 -help | grep -q one-insn-per-tb || single=-one-insn-per-tb

count() { # <program> <samples> <calls>
  qemu-aarch64 "$single" -d exec,nochain -D /dev/fd/3 "$build/$1" call "$2" "$3" 3>&1 >/dev/null | grep -c '^Trace'
}
instructions() { # <program> <samples>: of one call
  local six one
  qemu-aarch64 "$build/$1" check "$2"
  six=$(count "$1" "$2" 6)
  one=$(count "$1" "$2" 1)
  echo $(((six - one) / 5))
}
row() { # <task> <net> <samples>
  local name=$1_${2// /_} cost ours theirs
  cost=$(qemu-aarch64 "$build/inlay_$name" cost)
  ours=$(instructions "inlay_$name" "$3")
  theirs=$(instructions "eigen_fixed_$name" "$3")
  awk -v w="$2, $1, $3" -v l=$((cost * $3 / 4)) -v o="$ours" -v e="$theirs" \
    'BEGIN { printf "%-26s %9d %11d %6.1f %13d %6.1f\n", w, l, o, o / l, e, e / o }'
}
printf '%-26s %9s %11s %6s %13s %6s\n' 'net, task, samples' 'products' inlay '' 'Eigen, fixed' ''
for net in 'N1 tanh' N1 'N2 tanh' N2 'N3 tanh' N3 N4 N5 N6 N7; do row inference "$net" 1; done
for net in N1 N2 N3 N4 N5 N6 N7; do row inference "$net" 32; done
for net in T1 T2 T3 T4; do row training "$net" 1; done
for net in T1 T2; do row training "$net" 32; done
