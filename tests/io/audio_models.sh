#!/bin/sh
# tests/io/audio_models.sh DIR: every .nam and .json below a folder of models. Says of each file that it is refused and why, or how
# far the compiled net is off what audio_reference.py computes, and counts both. Fails where a net is wrong, or where nothing is
# taken. Needs g++ (or CXX), nlohmann-json3-dev and numpy (for PYTHON, python3 where it is not set).
set -eu
[ $# -eq 1 ] && [ -d "$1" ] || { echo "usage: $0 DIR, a folder with .nam and .json files" >&2; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd)
python=${PYTHON:-python3}
"$python" -c 'import numpy' 2>/dev/null || { echo "$0: $python has no numpy: apt-get install python3-numpy, or name another in PYTHON" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compile="${CXX:-g++} -std=c++20 -march=native -I$root/include"
$compile -O1 -I"$root/tools/audio" "$root"/tools/audio/*.cpp -o "$work/import"

cat > "$work/main.cpp" <<'END'
#include "model.hpp"
#include <inlay/io/verify.hpp>
#include <cmath>
// Its inputs, its outputs and the verdict of its own verification.
int main(int count, char**) {
  if (count > 1) return inlay::io::verify(model, {.tolerance = 0, .print = stderr}) ? 0 : 1;
  using net_t = model_t::net_t;
  auto stream = model.stream();
  for (int t = 0; t < 400; ++t) {
    net_t::step_input_type x{};
    for (std::size_t c = 0; c < x.size(); ++c)
      x[c] = static_cast<float>(0.3 * std::sin(0.05 * t + double(c)) + 0.2 * std::sin(0.0007 * t * t) + 0.1 * std::sin(2.3 * t));
    for (const float one : x) std::printf("%.9g ", static_cast<double>(one));
    std::printf("|");
    for (const float one : model(stream, x)) std::printf(" %.9g", static_cast<double>(one));
    std::printf("\n");
  }
}
END
cat > "$work/compare.py" <<'END'
import sys
ours = [[float(w) for w in line.split("|")[1].split()] for line in open(sys.argv[1])]
theirs = [[float(w) for w in line.split()] for line in open(sys.argv[2])]
assert len(ours) == len(theirs) > 0 and all(len(a) == len(b) > 0 for a, b in zip(ours, theirs)), "as many numbers"
size = max(1.0, max(abs(y) for row in theirs for y in row))
worst = max(abs(a - b) for x, y in zip(ours, theirs) for a, b in zip(x, y))
print(f"error {worst:.2g}, outputs up to {max(abs(y) for row in theirs for y in row):.3g}")
sys.exit(not worst <= 1e-5 * size)
END

find "$1" -type f \( -name '*.nam' -o -name '*.json' \) | sort > "$work/files"
taken=0 refused=0 wrong=0
while IFS= read -r file; do
  short=${file#"$1"/}
  if ! "$work/import" "$file" "$work/model.hpp" --name model 2> "$work/why"; then
    echo "refused  $short: $(sed "s|^error: ||; s|^[^:]*: ||" "$work/why")"
    refused=$((refused + 1))
    continue
  fi
  taken=$((taken + 1))
  if $compile -O1 -I"$work" "$work/main.cpp" -o "$work/run" && "$work/run" > "$work/ours" && cut -d'|' -f1 "$work/ours" > "$work/inputs" &&
     "$python" "$root/tests/io/audio_reference.py" "$file" --prewarm < "$work/inputs" > "$work/theirs" &&
     "$python" "$work/compare.py" "$work/ours" "$work/theirs" > "$work/said" && "$work/run" verify 2> "$work/verdict"; then
    echo "taken    $short: $(cat "$work/said")"
  else
    echo "WRONG    $short: $(cat "$work/said" "$work/verdict" 2>/dev/null)"
    wrong=$((wrong + 1))
  fi
done < "$work/files"
echo "$taken taken, $wrong of them wrong, $refused refused"
[ "$taken" -gt 0 ] && [ "$wrong" -eq 0 ]
