#!/usr/bin/env bash
# What the flags of a program cost: a table of microseconds for one call of a policy, for each compiler that is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
.ci/require g++ libxsimd-dev libboost-dev

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compilers=()
for compiler in g++ clang++; do command -v "$compiler" >/dev/null && compilers+=("$compiler"); done

printf '| flags |'
printf ' %s |' "${compilers[@]}"
printf '\n|---|'
printf -- '---|%.0s' "${compilers[@]}"
printf '\n'
flags=(-O0 -O2 -O3)
[[ $(uname -m) == x86_64 ]] && flags+=("-O3 -march=x86-64-v3")
flags+=("-O3 -march=native" "-Os -march=native")
for these in "${flags[@]}"; do
  printf '| `%s` |' "$these"
  for compiler in "${compilers[@]}"; do
    read -ra options <<<"$these"
    "$compiler" -std=c++20 "${options[@]}" -Iinclude bench/flags.cpp -o "$work/flags"
    printf ' %s µs |' "$("$work/flags")"
  done
  printf '\n'
done
