#!/usr/bin/env bash
# Builds and runs the tests: each instruction set of this machine once, AVX2 with clang++, AVX-512 with g++, and SSE2 under
# AddressSanitizer and UndefinedBehaviorSanitizer; what needs no certain build in one of them. Needs nothing but a Debian 12 or 13 and root or sudo.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

usage() {
  cat <<'TEXT'
usage: tests/run.sh [--all|--quick] [--compiler g++|clang++]... [--arch ARCH|sanitize|aarch64]... [--jobs N]
  --all        each instruction set with each compiler, and the tests that take long and find little
  --quick      only g++ and this machine's own instruction set
  --compiler   only this compiler
  --arch       only this -march (native, x86-64, x86-64-v3, x86-64-v4, ...), the sanitizer build, or aarch64, which is
               cross-compiled and runs under qemu on other machines
  --jobs       compile and test that many at once (default: one per core)
TEXT
}

compilers=()
archs=()
jobs=$(nproc)
all=OFF
while (($#)); do
  case $1 in
    --all) all=ON ;;
    --quick) compilers=(g++) archs=(native) ;;
    --compiler) compilers+=("${2:?$(usage)}"); shift ;;
    --arch) archs+=("${2:?$(usage)}"); shift ;;
    --jobs) jobs=${2:?$(usage)}; shift ;;
    --help) usage; exit ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

# --- what to run ------------------------------------------------------------------------------------------------------

# why_not <-march>: nothing, or why it cannot run here: flags that this instruction set wants and /proc/cpuinfo does not
# have, or tools that are not installed.
why_not() {
  local wanted='' flag missing=''
  if [[ $1 == aarch64 ]]; then
    [[ $(uname -m) == aarch64 ]] && return
    command -v aarch64-linux-gnu-g++ >/dev/null || missing+=' g++-aarch64-linux-gnu'
    command -v qemu-aarch64 >/dev/null || missing+=' qemu-user'
    [[ -z $missing ]] || echo "missing packages:$missing"
    return
  fi
  case $1 in
    x86-64-v[34]) wanted+='ssse3 sse4_1 sse4_2 popcnt cx16 avx avx2 bmi1 bmi2 f16c fma abm movbe xsave' ;;&
    x86-64-v4) wanted+=' avx512f avx512bw avx512cd avx512dq avx512vl' ;;
  esac
  for flag in $wanted; do grep -qw "^flags.*[[:space:]]$flag" /proc/cpuinfo || missing+=" $flag"; done
  [[ -z $missing ]] || echo "this machine lacks$missing"
}

in_turn=1 # which compiler takes an instruction set
[[ $all == ON || ${#compilers[@]} -gt 0 || ${#archs[@]} -gt 0 ]] && in_turn=''
((${#compilers[@]})) || compilers=(g++ clang++)
if ! ((${#archs[@]})); then
  case $(uname -m) in
    x86_64) archs=(x86-64 x86-64-v3 x86-64-v4 sanitize) ;;
    *) archs=(native sanitize) ;;
  esac
fi

configurations=() # "compiler arch"
not_run=()
best='' # the widest instruction set
for arch in "${archs[@]}"; do
  reason=$(why_not "$arch")
  if [[ -n $reason ]]; then
    not_run+=("$arch: $reason")
  elif [[ $arch == sanitize ]]; then
    if [[ " ${compilers[*]} " == *" clang++ "* ]]; then sanitizer=clang++; else sanitizer=${compilers[0]}; fi
    configurations+=("$sanitizer sanitize")
  else
    [[ $arch == aarch64 && $(uname -m) != aarch64 ]] || best=$arch
    for compiler in "${compilers[@]}"; do configurations+=("$compiler $arch"); done
  fi
done

sanitized=() # flags of the sanitizer build
if [[ -n $in_turn && ${configurations[*]} == *x86-64-v3* ]]; then
  # Lines cost a fifth of what it takes to compile; checks of null, which dies anyway, of types and of objects' sizes, which AddressSanitizer sees, a third.
  checks=address,alignment,bounds,float-cast-overflow,integer-divide-by-zero,pointer-overflow,return,shift,signed-integer-overflow,unreachable
  sanitized=(-DINLAY_ARCH=x86-64 '-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O2 -g0 -DNDEBUG'
             "-DCMAKE_CXX_FLAGS=-fsanitize=$checks -fno-sanitize-recover=all -fno-omit-frame-pointer")
  configurations=("clang++ x86-64-v3")
  if [[ $best == x86-64-v4 ]]; then configurations+=("g++ x86-64-v4"); else configurations+=("g++ x86-64-v3"); fi
  configurations+=("clang++ sanitize")
fi

declare -A widest=() # of each compiler: the tests that do not depend on the instruction set run there
for pair in "${configurations[@]}"; do
  [[ $pair == *sanitize ]] || [[ $pair == *aarch64 && $(uname -m) != aarch64 ]] || widest[${pair% *}]=${pair#* }
done

packages=(cmake ninja-build libxsimd-dev libboost-dev catch2 nlohmann-json3-dev protobuf-compiler libprotobuf-dev libonnx-dev libonnx-testdata)
[[ -n $best ]] && packages+=(libcli11-dev libeigen3-dev zlib1g-dev libbenchmark-dev gnuplot-nox libdnnl-dev libopenblas-pthread-dev) # of the examples and the benchmark
[[ -n $best ]] && packages+=(python3 python3-venv clang-format-19 openmpi-bin libopenmpi-dev)
[[ -n $best && $(uname -m) == x86_64 ]] && packages+=(valgrind qemu-user libclang-rt-19-dev)
[[ -n $best ]] && packages+=(gcc-arm-none-eabi libnewlib-arm-none-eabi libstdc++-arm-none-eabi-newlib qemu-system-arm g++-i686-linux-gnu) # of tests/firmware
[[ -n $best && $all == ON ]] && packages+=(g++-riscv64-linux-gnu qemu-user) # of its targets that are left to --all
[[ ${configurations[*]} == *g++\ * ]] && packages+=(g++)
[[ ${configurations[*]} == *clang++\ * ]] && packages+=(clang libclang-rt-dev)
.ci/require "${packages[@]}" || exit

# --- one step with its progress ---------------------------------------------------------------------------------------

elapsed() { printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }

# watched <what> <log> <command>...: shows the last count the command wrote ([12/60], 12/60 Test), each second on a
# terminal, each half minute elsewhere.
watched() {
  local what=$1 log=$2 pid count ticks=0
  shift 2
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  [[ -t 1 ]] || echo "[$(elapsed)] $what"
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    count=$(grep -aoE '^(\[[0-9]+/[0-9]+\]|[ 0-9]+/[0-9]+ Test)' "$log" | tail -1 | grep -oE '[0-9]+/[0-9]+')
    if [[ -t 1 ]]; then
      printf '\r\e[K[%s] %s %s' "$(elapsed)" "$what" "$count"
    elif ((++ticks % 30 == 0)); then
      echo "[$(elapsed)] $what $count"
    fi
  done
  [[ -t 1 ]] && printf '\r\e[K[%s] %s\n' "$(elapsed)" "$what"
  wait "$pid"
}

passed=0 failed=0
table=()

run_configuration() { # <step> <compiler> <arch>
  local compiler=$2 arch=$3 build=build/tests/$2-$3 preset=release
  local what="step $1 of ${#configurations[@]}, $2 $3" options=(-DINLAY_BUILD_BENCH=OFF) once=OFF first=OFF begin=$SECONDS built counts here_failed=0 here_total=0
  [[ $compiler == clang++ ]] && preset=clang
  case $arch in
    sanitize) preset=sanitize options+=("-DCMAKE_CXX_COMPILER=$compiler" "${sanitized[@]}") ;;
    aarch64)
      options+=(-DINLAY_ARCH=armv8-a)
      if [[ $(uname -m) != aarch64 ]]; then
        options+=("-DCMAKE_TOOLCHAIN_FILE=$PWD/tests/aarch64.cmake")
        [[ $compiler == g++ ]] && options+=(-DCMAKE_CXX_COMPILER=aarch64-linux-gnu-g++)
      fi
      ;;
    *) options+=("-DINLAY_ARCH=$arch") ;;
  esac
  [[ $arch == "${widest[$compiler]:-}" ]] && once=ON
  # What needs no certain compiler is left to the first one: in turn that is clang++, which compiles it in half the time.
  [[ $once == ON && ($compiler == "${configurations[0]% *}" || $all == ON) ]] && first=ON
  # In turn clang++ has what stands above the kernels under the sanitizers, and PyTorch's numbers for g++, in half its time; random nets
  # go through all of it with both.
  if [[ -n $in_turn && $arch != sanitize && " ${configurations[*]} " == *"g++ "* ]]; then
    case $compiler in
      clang++) options+=("-DINLAY_TEST_WITHOUT=beside;derivatives;io;layer;loss;nothing_hidden;optimizer") ;;
      g++) options+=(-DINLAY_TEST_WITHOUT=pytorch) ;;
    esac
  fi
  # Nor does it optimize what states no level of its own: examples are timed by examples/run.sh.
  [[ -n $in_turn && $first == ON ]] && options+=("-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DNDEBUG")
  options+=("-DINLAY_TEST_ALL=$all" "-DINLAY_TEST_REPOSITORY=$once" "-DINLAY_TEST_ONCE=$first" "-DINLAY_BUILD_EXAMPLES=$first" "-DINLAY_BUILD_IMPORTER=$first")

  mkdir -p "$build"
  watched "$what: configure" "$build/configure.log" cmake --preset "$preset" -B "$build" "${options[@]}" || {
    tail -n 40 "$build/configure.log"
    table+=("$(printf '%-8s %-10s could not be configured' "$compiler" "$arch")")
    ((++failed))
    return
  }
  # Everything is built that can be, so that one run shows all that is broken; a test without its program then fails.
  watched "$what: build" "$build/build.log" ninja -C "$build" -j "$jobs" -k 0
  built=$?
  if ((built)); then
    grep -aE -A 30 '^FAILED:' "$build/build.log" | head -n 120
    echo "the whole of it: $build/build.log"
  fi
  watched "$what: test" "$build/test.log" ctest --test-dir "$build" -j "$jobs" --output-on-failure --no-tests=error
  while read -r reason; do not_run+=("$compiler $arch: $reason"); done < <(
    sed -nE 's/^-- (.* (is|are) not built: .*)$/\1/p' "$build/configure.log"
    sed -nE "s/^.*Test +#[0-9]+: ([^ ]+) .*\*\*\*Skipped.*$/\1: skipped, see ${build//\//\\/}\/test.log/p" "$build/test.log"
  )
  counts=$(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests failed out of ([0-9]+)$/\1 \2/p' "$build/test.log")
  if [[ -n $counts ]]; then
    read -r here_failed here_total <<<"$counts"
  else
    here_failed=1 here_total=1
  fi
  ((built && !here_failed)) && here_failed=1 # what did not compile was no test's own program, but failed all the same
  if ((here_failed)); then
    sed '/tests passed,/,$d' "$build/test.log" | grep -aE -A 40 '\*\*\*(Failed|Not Run|Timeout|Exception)' | head -n 150
    sed -n '/The following tests FAILED/,$p' "$build/test.log"
    echo "the whole of it: $build/test.log"
  fi
  passed=$((passed + here_total - here_failed))
  failed=$((failed + here_failed))
  table+=("$(printf '%-8s %-10s %6d %6d %5d s' "$compiler" "$arch" $((here_total - here_failed)) "$here_failed" \
    $((SECONDS - begin)))")
}

step=0
for configuration in "${configurations[@]}"; do
  run_configuration $((++step)) "${configuration% *}" "${configuration#* }"
done

# --- the summary ------------------------------------------------------------------------------------------------------

echo
printf '%-8s %-10s %6s %6s %7s\n' compiler arch passed failed time
printf '%s\n' "${table[@]}"
for reason in "${not_run[@]}"; do echo "not run: $reason"; done
echo "total time $(elapsed)"
echo
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
