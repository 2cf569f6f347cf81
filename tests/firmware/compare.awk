# awk -f compare.awk wanted found: names equal, numbers within 2e-5 of the larger of 1 and themselves.
function size(x) { return x < 0 ? -x : x }
NR == FNR { name[NR] = $1; number[NR] = $2; lines = NR; next }
{
  ++found
  allowed = 2e-5 * (size(number[found]) > 1 ? size(number[found]) : 1)
  if ($1 != name[found] || !(size($2 - number[found]) <= allowed) || $2 ~ /[ai]/) {
    printf "line %d: wanted %s %s, found %s %s\n", found, name[found], number[found], $1, $2
    if (++wrong == 10) exit
  }
}
END {
  if (found != lines && wrong < 10) { printf "wanted %d lines, found %d\n", lines, found; ++wrong }
  exit wrong > 0
}
