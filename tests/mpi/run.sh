#!/usr/bin/env bash
# run.sh <mpirun> <program>: mpi::fit on 1 to 4 ranks beside threads; one line and a whole checkpoint where a rank dies, whichever; what
# goes on from it bit for bit as if nothing had been; and what is refused. More ranks than cores and root are what tests have.
set -uo pipefail
mpirun=$1 program=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# on <ranks> <argument>...: their standard output; what they say on standard error is in $folder/words.
on() {
  local ranks=$1
  shift
  OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 timeout 300 "$mpirun" --oversubscribe --bind-to none \
    -n "$ranks" "$program" "$@" 2>"$folder/words" </dev/null
}
expect() { # <what> <wanted> <found>
  [[ $3 == "$2" ]] && return
  failed=1
  printf '%s: wanted %s, found %s\n' "$1" "$2" "$3"
  cat "$folder/words"
}
# Lines of ours, of which there is to be one. Open MPI 5's mpirun may have ended before all that it passes on is in the file.
line() {
  local try
  for try in {1..200}; do
    grep -a '^inlay: ' "$folder/words" && return
    sleep 0.1
  done
}

for ranks in 1 2 3 4; do
  found=$(on "$ranks" alike)
  expect "$ranks ranks beside threads" "0 all compared" "$? $(tail -n 1 <<<"$found")"
done

whole=$(on 1 learn "$folder/never-stopped" 7)
expect "one rank" 0 $?
for victim in 0 1 2; do
  file=$folder/rank-$victim-died
  on 3 dies "$file" 7 "$victim" 5 >/dev/null
  status=$?
  expect "rank $victim died: the exit status" "not 0" "$([[ $status == 0 ]] && echo 0 || echo not 0)"
  expect "rank $victim died" "inlay: mpi::fit: told to end (SIGTERM), as all ranks are where one has died; 4 epochs are in $file, from which the same command goes on" "$(line)"
  expect "ranks go on after rank $victim died" "$whole" "$(on 2 learn "$file" 7)"
done
on 2 dies "$folder/none" 7 1 1 >/dev/null
expect "died before a checkpoint" "inlay: mpi::fit: told to end (SIGTERM), as all ranks are where one has died; no epoch is in a checkpoint yet" "$(line)"
expect "and began anew" "$whole" "$(on 4 learn "$folder/none" 7)"

on 2 throws "$folder/thrown" >/dev/null
expect "a reader that throws" "rank [01]: file.csv: line 7: expected 65 numbers, found 3; 3 epochs are in $folder/thrown, from which the same command goes on" \
  "$(line | sed 's/^inlay: mpi::fit: rank [01]/rank [01]/')"
on 3 disagrees >/dev/null
expect "ranks that disagree" "inlay: mpi::fit: wanted the same number of samples on all ranks; found from 100 to 102" "$(line)"
on 2 readers >/dev/null
expect "readers that differ" "inlay: mpi::fit: wanted readers that give the same samples, so many for a batch, on all ranks; found from 0 to 64; there is no checkpoint" "$(line)"
on 2 rates >/dev/null
expect "rates that differ" "inlay: mpi::fit: wanted the same net after each epoch, of the same samples, options and functions on all ranks; found several; there is no checkpoint" "$(line)"
on 3 halves >/dev/null
expect "a callback that changes the rate" 0 $?
on 3 stops >/dev/null
expect "a callback that stops" 0 $?

((failed == 0)) && echo "1 to 4 ranks are as threads are; a rank that dies loses nothing"
exit "$failed"
