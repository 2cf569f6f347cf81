#!/usr/bin/env bash
# ./examples/run.sh [arm]                     a net learns to move a robot arm and is timed beside Eigen
# ./examples/run.sh digits [OPTION...] FILES  a net learns to read digits: MNIST's IDX files or UCI optical digits
# Installs what is missing, builds a release, runs the job; the picture goes to out/arm.svg or out/digits.svg.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

job=${1:-arm}
(($#)) && shift
if [[ $job != arm && $job != digits ]]; then
  sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}" >&2
  [[ $job == --help || $job == -h ]] && exit 0
  exit 2
fi

"$root/.ci/require" g++ cmake ninja-build libboost-dev libxsimd-dev libcli11-dev libeigen3-dev zlib1g-dev gnuplot-nox

build=$root/build/examples
mkdir -p "$build"
scratch=$(mktemp -d "$build/XXXXXX")
trap 'rm -rf "$scratch"' EXIT
echo "building $job" >&2
{
  cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DINLAY_BUILD_TESTS=OFF -DINLAY_BUILD_BENCH=OFF &&
    cmake --build "$build" --target "$job"
} >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2 && exit 1; }

"$build/examples/$job" --data "$scratch" "$@"
[[ -e $scratch/facts.gp ]] || exit 0 # --help

# The picture appears in out/ when it is complete, or not at all.
gnuplot -e "data = '$scratch'" "$root/examples/$job/picture.gp" >"$scratch/picture.svg"
mkdir -p "$root/out"
mv "$scratch/picture.svg" "$root/out/$job.svg"
echo "Picture: out/$job.svg"
