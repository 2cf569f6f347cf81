#!/usr/bin/env bash
# tests/firmware/run.sh [TARGET...]: cross-compiles the numbered examples and a program of every layer, activation, loss and
# optimizer for targets without SIMD, runs them under qemu, compares what they compute with this machine's numbers, and
# prints what code and stack 3-32-32-1 tanh takes there. Without TARGET, all that is installed:
#     cortex-m4 cortex-m7 riscv64 x86 x86-sse2
# On Debian: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi libstdc++-arm-none-eabi-newlib qemu-system-arm
#                            g++-riscv64-linux-gnu qemu-user g++-i686-linux-gnu libboost-dev libxsimd-dev
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
here=tests/firmware
out=${OUT:-build/firmware}        # where programs go
boost=${BOOST:-/usr/include}/boost # header-only; the rest of /usr/include is another machine's C library
mkdir -p "$out/include"
[[ -e $out/include/boost ]] || ln -sfn "$boost" "$out/include/boost"

# --- the targets ------------------------------------------------------------------------------------------------------

configure() { # <target>
  flags=(-std=c++20 -Os -ffunction-sections -fdata-sections -Wl,--gc-sections -Iinclude -isystem "$out/include"
         -Wall -Wextra -Wpedantic -Wconversion -Werror)
  link=() emulator=() examples=(examples/0*.cpp)
  case $1 in
    cortex-m4 | cortex-m7)
      prefix=arm-none-eabi-
      flags+=(-mcpu=$1 -mthumb -mfloat-abi=hard -fno-exceptions -fno-rtti -Wno-psabi)
      link=(--specs=rdimon.specs -Wl,-u,vectors -Wl,--section-start=.vectors=0 "$here/startup.cpp")
      emulator=(qemu-system-arm -nographic -monitor none -serial none -semihosting -M)
      case $1 in
        cortex-m4) flags+=(-mfpu=fpv4-sp-d16) emulator+=(mps2-an386) ;;
        cortex-m7) flags+=(-mfpu=fpv5-d16) emulator+=(mps2-an500) ;;
      esac
      emulator+=(-kernel)
      ;;
    riscv64) prefix=riscv64-linux-gnu- link=(-static) emulator=(qemu-riscv64) ;;
    x86 | x86-sse2)
      prefix=i686-linux-gnu- link=(-static)
      [[ $(uname -m) == x86_64 ]] || emulator=(qemu-i386)
      # With SSE2 there are registers, and xsimd is included; three examples are enough to see that.
      [[ $1 == x86 ]] || flags+=(-msse2 -idirafter /usr/include) examples=(examples/0[123]*.cpp)
      ;;
    *) echo "no such target: $1" >&2; exit 2 ;;
  esac
}

# --- one target -------------------------------------------------------------------------------------------------------

failed=0
fail() { echo "$target: $*"; failed=1; }
too_slow() { # <example>: a minute and more where every operation of floats is emulated, and 05 on x87
  [[ $1 == 05_* || (-n ${emulator[*]} && $1 != 0[123]_*) ]]
}
compile() { "${prefix}g++" "${flags[@]}" "$@" || fail "does not compile: $*"; }
size_of() { "${prefix}size" "$1" | awk 'NR == 2 { print $1, $2, $3 }'; } # text, data, bss

table=()
run_target() {
  local target=$1 dir=$out/$1 example name part text data bss stack row # fail() reads target
  configure "$target"
  mkdir -p "$dir"

  compile "$here/results.cpp" "${link[@]}" -o "$dir/results"
  timeout 120 "${emulator[@]}" "$dir/results" >"$dir/results.txt" || fail "results.cpp ended with $?"
  awk -f "$here/compare.awk" "$results" "$dir/results.txt" || fail "computes other numbers than this machine"

  for example in "${examples[@]}"; do
    name=$(basename "$example" .cpp)
    compile "$example" "${link[@]}" -o "$dir/$name"
    if [[ $target == cortex* ]] && "${prefix}nm" "$dir/$name" | grep -E ' (posix_memalign|_?memalign(_r)?|aligned_alloc|_?getentropy)$'; then
      fail "$name links what a small C library has not"
    fi
    too_slow "$name" || timeout 120 "${emulator[@]}" "$dir/$name" >"$dir/$name.txt" || fail "$name ended with $?"
  done

  row=$(printf '%-10s %6s' "$target" "$(size_of "$dir/01_forward" | cut -d' ' -f1)")
  for part in call train train_callers; do
    compile -fcallgraph-info=su -c "$here/$part.cpp" -o "$dir/$part.o"
    read -r text data bss < <(size_of "$dir/$part.o")
    stack=$(awk -f "$here/stack.awk" "$dir/$part.ci")
    case $part in
      call) row+=$(printf ' | %5s %5s' "$text" "$stack") ;;
      train) row+=$(printf ' | %5s %5s %6s %6s' "$text" "$stack" "$data" "$bss") ;;
      train_callers) row+=$(printf ' | %5s %6s' "$data" "$bss") ;;
    esac
    ((stack > 0)) || fail "$part: no stack usage was found"
    [[ $part != train_callers ]] || ((data <= 64)) || fail "moments of the caller's are in .data: $data bytes"
  done
  table+=("$row")
}

# --- all of them ------------------------------------------------------------------------------------------------------

targets=("$@")
if ! ((${#targets[@]})); then
  for target in cortex-m4 cortex-m7 riscv64 x86 x86-sse2; do
    configure "$target"
    missing=''
    for tool in "${prefix}g++" "${emulator[@]:0:1}"; do command -v "$tool" >/dev/null || missing+=" $tool"; done
    if [[ -z $missing ]]; then targets+=("$target"); else echo "not run: $target: missing$missing"; fi
  done
fi

results=${RESULTS:-$out/results.txt} # this machine's numbers
if [[ -z ${RESULTS:-} ]]; then
  g++ -std=c++20 -O1 -march=native -Iinclude "$here/results.cpp" -o "$out/results" && "$out/results" >"$results" || exit
fi
for target in "${targets[@]}"; do run_target "$target"; done

echo '                   |        call |                train_step, Adam | the caller'"'"'s moments'
echo 'bytes       ex. 01 |  code stack |  code stack  .data   .bss | .data   .bss'
printf '%s\n' "${table[@]}"
((!failed))
