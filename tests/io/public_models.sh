#!/usr/bin/env bash
# tests/io/public_models.sh DIR [--importer PROGRAM] [--compiler g++]
#
# Every .onnx file under DIR: made a net of inlay's, which is compiled, verified with what is in its header, and held to
# onnxruntime on 64 random inputs where that loads the file, within what rounding explains; or refused, and why; or invalid, as
# onnx.checker finds it. A table, with the time and memory that each header costs the compiler, and counts. Exit status 0: none was
# taken and is wrong.
#
# Needs python3 with onnx, onnxruntime and numpy (PyPI); PYTHON names another one. Builds the importer where none is named.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

[ $# -ge 1 ] || { sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2; }
importer=
for ((i = 2; i <= $#; ++i)); do
  [ "${!i}" != --importer ] || importer=yes
done
made=()
if [ -z "$importer" ]; then
  build=$(mktemp -d)
  trap 'rm -rf "$build"' EXIT
  cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DINLAY_BUILD_TESTS=OFF -DINLAY_BUILD_EXAMPLES=OFF -DINLAY_BUILD_BENCH=OFF >/dev/null
  cmake --build "$build" --target inlay_import_onnx >/dev/null
  made=(--importer "$build/inlay_import_onnx")
fi
"${PYTHON:-python3}" "$here/public_models.py" --include "$root/include" "${made[@]}" "$@"
