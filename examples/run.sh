#!/usr/bin/env bash
# ./examples/run.sh [arm]                     a net learns to move a robot arm and is timed beside Eigen
# ./examples/run.sh digits [OPTION...] FILES  a net learns to read digits: MNIST's IDX files or UCI optical digits
# ./examples/run.sh digits --stream FILES     the same from files larger than memory, read anew in every epoch
# ./examples/run.sh amp                       an LSTM and a WaveNet learn the sound of an amplifier, and are streamed
# ./examples/run.sh amp FILE [K]              the same with a model of yours, .nam (net K of several), RTNeural's or GuitarML's JSON
# Installs what is missing, builds a release, runs the job; the picture goes to out/arm.svg, out/digits.svg or out/amp.svg, sounds
# beside it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

job=${1:-arm}
(($#)) && shift
if [[ $job != arm && $job != digits && $job != amp ]]; then
  sed -n '2,8s/^# //p' "${BASH_SOURCE[0]}" >&2
  [[ $job == --help || $job == -h ]] && exit 0
  exit 2
fi

packages=(g++ cmake ninja-build libboost-dev libxsimd-dev libcli11-dev libeigen3-dev zlib1g-dev gnuplot-nox)
program=$job
model=(-DINLAY_AMP_MODEL= -DINLAY_AMP_SUBMODEL=) # a file to be embedded; none also after a run with one
if [[ $job == amp && ${1:-} && $1 != -* ]]; then
  [[ -f $1 ]] || { echo "there is no file $1" >&2 && exit 2; }
  program=amp_model
  model=("-DINLAY_AMP_MODEL=$(realpath "$1")" "-DINLAY_AMP_SUBMODEL=")
  shift
  [[ ${1:-} && $1 != -* ]] && model[1]+=$1 && shift
  packages+=(nlohmann-json3-dev)
fi
"$root/.ci/require" "${packages[@]}"

build=$root/build/examples
mkdir -p "$build"
scratch=$(mktemp -d "$build/XXXXXX")
trap 'rm -rf "$scratch"' EXIT
echo "building $job" >&2
{
  cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DINLAY_BUILD_TESTS=OFF -DINLAY_BUILD_BENCH=OFF "${model[@]}" &&
    cmake --build "$build" --target "$program"
} >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2 && exit 1; }

"$build/examples/$program" --data "$scratch" "$@"
[[ -e $scratch/facts.gp ]] || exit 0 # --help

# The picture appears in out/ when it is complete, or not at all.
gnuplot -e "data = '$scratch'" "$root/examples/$job/picture.gp" >"$scratch/picture.svg"
mkdir -p "$root/out"
mv "$scratch/picture.svg" "$root/out/$job.svg"
echo "Picture: out/$job.svg"
for sound in "$scratch"/*.wav; do
  [[ -e $sound ]] || continue
  mv "$sound" "$root/out/$job.$(basename "$sound")"
  echo "Sound: out/$job.$(basename "$sound")"
done
