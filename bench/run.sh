#!/usr/bin/env bash
# Measures inlay beside the libraries one would otherwise use. Needs nothing but a Debian 12 or 13 and root or sudo.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'TEXT'
usage: bench/run.sh [OPTION...] ["TOPOLOGY"]
  "TOPOLOGY"        measure this net instead of the standard ones: inputs, then the width of each layer with its
                    activation, as in "64, 64:relu, 64:relu, 10"
  --compiler CXX    g++ (the default) or clang++, or the path of another
  --arch ARCH       the -march: native (the default), x86-64, x86-64-v3, x86-64-v4
                    Of these two several may be given; each combination is measured, then inlay is shown side by side
  --quick           fewer and shorter repetitions: to see that it works
  --all             also the large peers: libtorch, tiny-dnn, onnxruntime (500 MB of packages)
  --repetitions N   of every measurement (15); their median counts
  --output DIR      where the results go: DIR/<compiler>-<arch>/ (out/bench)
Tables go to the terminal; results.json, compile.json and the pictures to the output folder.
TEXT
}
wrong() { echo "bench/run.sh: $1; see bench/run.sh --help" >&2; exit 2; }

compilers=() archs=() repetitions=15 seconds=0.05 quick=() all=OFF topology='' output=''
while (($#)); do
  case $1 in
    --compiler | --arch | --repetitions | --output)
      (($# > 1)) || wrong "$1 wants a value"
      case $1 in
        --compiler) compilers+=("$2") ;;
        --arch) archs+=("$2") ;;
        --repetitions) repetitions=$2 ;;
        --output) output=$2 ;;
      esac
      shift
      ;;
    --quick) repetitions=3 seconds=0.005 quick=(--quick) ;;
    --all) all=ON ;;
    --help | -h) usage; exit ;;
    -*) wrong "there is no option $1" ;;
    '') wrong "the topology is empty" ;;
    *)
      [[ -z $topology ]] || wrong "one topology at a time: \"$topology\" or \"$1\""
      topology=$1
      ;;
  esac
  shift
done
[[ $repetitions =~ ^[1-9][0-9]*$ ]] || wrong "--repetitions wants a number from 1 on, not \"$repetitions\""
((${#compilers[@]})) || compilers=(g++)
((${#archs[@]})) || archs=(native)

if [[ -n $topology ]]; then
  command -v cmake >/dev/null || "$root/.ci/require" cmake
  complaint=$(cmake "-DTOPOLOGY=$topology" -P "$root/bench/net/topology.cmake" 2>&1)
  [[ -z $complaint ]] || wrong "$complaint"
fi

# --- packages ---------------------------------------------------------------------------------------------------------

packages=(g++ cmake ninja-build libboost-dev libxsimd-dev libbenchmark-dev libcli11-dev nlohmann-json3-dev gnuplot-nox)
[[ " ${compilers[*]} " != *" clang++ "* ]] || packages+=(clang)
"$root/.ci/require" "${packages[@]}"
for compiler in "${compilers[@]}"; do
  command -v "$compiler" >/dev/null || wrong "there is no compiler $compiler"
  for arch in "${archs[@]}"; do
    [[ $arch == native ]] || "$compiler" "-march=$arch" -fsyntax-only -x c++ /dev/null 2>/dev/null ||
      wrong "$compiler knows no -march=$arch"
  done
done

# A peer that cannot be installed is left out: configuring says which.
peers=(libeigen3-dev libdnnl-dev libopenblas-pthread-dev libdlib-dev libfann-dev)
[[ $all == ON ]] && peers+=(libtorch-dev tiny-dnn libcereal-dev libstb-dev)
[[ $all == ON ]] && apt-cache show libonnxruntime-dev >/dev/null 2>&1 && peers+=(libonnxruntime-dev) # from Debian 13 on
"$root/.ci/require" "${peers[@]}" 2>/dev/null ||
  for package in "${peers[@]}"; do "$root/.ci/require" "$package" >/dev/null 2>&1 || true; done

# --- one compiler, one instruction set --------------------------------------------------------------------------------

nets=(-UINLAY_BENCH_INFERENCE -UINLAY_BENCH_TRAINING -UINLAY_BENCH_DERIVATIVES) pictures=(latency calls roofline compile scaling) suffix=''
if [[ -n $topology ]]; then
  nets=("-DINLAY_BENCH_INFERENCE=yours: $topology" "-DINLAY_BENCH_TRAINING=yours: $topology" "-DINLAY_BENCH_DERIVATIVES=yours: $topology")
  pictures[0]=net
  suffix=-yours
fi

# Shows each line in the place of the one before, on a terminal.
show() {
  if [[ -t 2 ]]; then
    while IFS= read -r line; do printf '\r\e[K%.100s' "${line#*-- }" >&2; done
    printf '\r\e[K' >&2
  else
    cat >/dev/null
  fi
}

# One thread for everybody, on one core: the last, which the system itself uses least.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
pinned() { taskset -c $(($(nproc) - 1)) "$@"; }

status=0 done=()
measure() { # <compiler> <arch>
  local name build folder log here=0 picture
  name=$(basename "$1")-$2$suffix
  build=$root/build/bench/$name folder=${output:-$root/out/bench}/$name log=$root/build/bench/$name/build.log
  mkdir -p "$build" "$folder" 2>/dev/null || wrong "cannot make $folder"
  folder=$(realpath "$folder")

  echo "building for $1, -march=$2" >&2
  {
    cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$1" -DINLAY_ARCH="$2" \
      -DINLAY_BUILD_TESTS=OFF -DINLAY_BUILD_EXAMPLES=OFF -DINLAY_BENCH_ALL=$all "${nets[@]}" &&
      cmake --build "$build" --target bench derivative_cost thread_scaling compile_cost compare
  } 2>&1 | tee "$log" | show || { cat "$log" >&2 && exit 1; }
  sed -n 's/^-- \(skipped: \)/\1/p' "$log"

  pinned "$build/bench/bench" --repetitions "$repetitions" --seconds "$seconds" --out "$folder" || here=$?
  ((here != 128 + 4)) || wrong "this machine cannot run code for -march=$2"
  ((here < 2)) || exit "$here"
  ((here)) && status=1 # something was wrong, said there
  echo
  pinned "$build/bench/derivative_cost" --repetitions "$repetitions" --seconds "$seconds" || status=1
  echo
  "$build/bench/thread_scaling" --repetitions "$repetitions" --out "$folder" || status=1 # on all cores
  pinned "$build/bench/compile_cost" "${quick[@]}" --out "$folder"
  for picture in "${pictures[@]}"; do # each appears when it is complete, or not at all
    (cd "$root/bench/plot" && gnuplot -e "data = '$folder'" "$picture.gp") >"$build/$picture.svg"
    mv "$build/$picture.svg" "$folder"
  done
  echo
  echo "Everything measured: $folder/results.json, compile.json. Pictures there: ${pictures[*]/%/.svg}"
  done+=("$folder")
}

for compiler in "${compilers[@]}"; do
  for arch in "${archs[@]}"; do measure "$compiler" "$arch"; done
done
((${#done[@]} < 2)) || "$root/build/bench/$(basename "${done[0]}")/bench/compare" "${done[@]}"
exit "$status"
