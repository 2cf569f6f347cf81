#!/usr/bin/env bash
# Nets as external functions of CasADi, held to CasADi's own: installs casadi from PyPI into a folder of its own, builds shared libraries
# with inlay_add_casadi, and solves an optimal-control problem with both. tests/casadi.sh [folder, kept; a temporary one by default]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=${1-}
if [[ -z $folder ]]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
mkdir -p "$folder"
folder=$(realpath "$folder")

if ! "${PYTHON:=$folder/python/bin/python}" -c 'import casadi' 2>/dev/null; then
  PYTHON=$folder/python/bin/python
  if ! { python3 -m venv "$folder/python" && "$folder/python/bin/pip" install --quiet --disable-pip-version-check casadi numpy; } >"$folder/pip.log" 2>&1; then
    echo "skipped: casadi cannot be installed from PyPI here: $(tail -n 1 "$folder/pip.log")"
    exit 77
  fi
fi
compiler=${CXX:-g++}
"$compiler" -std=gnu++20 -O2 -march=native -Iinclude tests/casadi/project/pendulum.cpp -o "$folder/pendulum"
"$folder/pendulum" "$folder/pendulum.hpp" "$folder/pendulum.txt"
cmake -S tests/casadi/project -B "$folder/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$compiler" -DPENDULUM="$folder/pendulum.hpp" >"$folder/cmake.log" ||
  { cat "$folder/cmake.log" >&2; exit 1; }
cmake --build "$folder/build" >"$folder/build.log" || { cat "$folder/build.log" >&2; exit 1; }
"$PYTHON" tests/casadi/project/check.py "$folder/build" "$folder/pendulum.txt"
