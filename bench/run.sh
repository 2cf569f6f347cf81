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
  --quick           fewer and shorter repetitions: to see that it works
  --all             also the large peers: libtorch, tiny-dnn, onnxruntime (500 MB of packages)
  --repetitions N   of every measurement (15); their median counts
The table goes to the terminal, all of it to out/bench/<compiler>-<arch>/.
TEXT
}

compiler=g++ arch=native repetitions=15 seconds=0.05 all=OFF topology=''
while (($#)); do
  case $1 in
    --compiler) compiler=${2:?$(usage)}; shift ;;
    --arch) arch=${2:?$(usage)}; shift ;;
    --quick) repetitions=3 seconds=0.01 ;;
    --all) all=ON ;;
    --repetitions) repetitions=${2:?$(usage)}; shift ;;
    --help | -h) usage; exit ;;
    -*) usage >&2; exit 2 ;;
    *) topology=$1 ;;
  esac
  shift
done

packages=(cmake ninja-build libboost-dev libxsimd-dev libbenchmark-dev libcli11-dev nlohmann-json3-dev gnuplot-nox)
case $compiler in
  g++) packages+=(g++) ;;
  clang++) packages+=(clang g++) ;;
esac
packages+=(libeigen3-dev) # peers
"$root/.ci/require" "${packages[@]}"

name=$(basename "$compiler")-$arch
options=()
if [[ -n $topology ]]; then
  name+=-yours
  options+=("-DINLAY_BENCH_INFERENCE=yours: $topology" "-DINLAY_BENCH_TRAINING=yours: $topology")
fi
build=$root/build/bench/$name out=$root/out/bench/$name
mkdir -p "$build" "$out"
log=$build/build.log
echo "building, $name" >&2
{
  cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$compiler" -DINLAY_ARCH="$arch" \
    -DINLAY_BUILD_TESTS=OFF -DINLAY_BUILD_EXAMPLES=OFF -DINLAY_BENCH_ALL=$all "${options[@]}" &&
    cmake --build "$build" --target bench
} >"$log" 2>&1 || { cat "$log" >&2 && exit 1; }
sed -n 's/^-- \(skipped: \)/\1/p' "$log"

# One thread for everybody, on one core: the last, which the system itself uses least.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
taskset -c $(($(nproc) - 1)) "$build/bench/bench" --repetitions "$repetitions" --seconds "$seconds" --json "$out/results.json"
