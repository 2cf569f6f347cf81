#!/usr/bin/env bash
# Usage: refusals.sh PROGRAM. Damaged files must be refused with exit code 2, one line that says where, and no output; where a file
# is read while the net is trained, with no more output than the accuracy so far.
set -euo pipefail
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir data folder

words() { # 32-bit numbers, most significant byte first
  for n in "$@"; do printf "$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' $((n >> 24 & 255)) $((n >> 16 & 255)) $((n >> 8 & 255)) $((n & 255)))"; done
}
pixels() { head -c "$1" /dev/zero | tr '\0' '\7'; }
line() { for i in $(seq 0 63); do printf '%d,' $((i % 10 == $1 ? 16 : 0)); done; echo "$1"; } # class $1, easy to tell
lines() { for i in $(seq "$1"); do line $((i % 10)); done; }

passed=0
accept() {
  if ! "$program" --data data "$@" >stdout 2>stderr; then
    echo "was to be accepted: $*" && cat stderr && exit 1
  fi
  rm -f data/*
  passed=$((passed + 1))
}
refuse() { # refuse TEXT FILES...: TEXT is all that the program may say
  local text=$1 code=0
  shift
  "$program" --data data "$@" >stdout 2>stderr || code=$?
  if [[ $code != 2 || $(<stderr) != "$text" || -s stdout || -n $(ls data) ]]; then
    printf 'files:    %s\nexpected: %s\nfound:    %s\nexit code %s, in the folder for results: %s\n' "$*" "$text" "$(<stderr)" "$code" "$(ls data)"
    exit 1
  fi
  passed=$((passed + 1))
}

{ words 0x803 20 28 28 && pixels 15680; } >images
{ words 0x801 20 && for _ in 1 2 3 4; do printf '\0\1\2\3\11'; done; } >labels
gzip -k images
{ words 0x803 5 28 28 && pixels 3920; } >small && { words 0x801 5 && pixels 5; } >small.labels
{ echo '# a comment' && lines 50; } >train.csv
lines 20 | sed 's/$/\r/' | gzip >test.csv.gz
quickly=(--epochs 2)
accept images labels "${quickly[@]}"
accept labels images.gz "${quickly[@]}"
accept train.csv --epochs 40 --at-least 100
accept test.csv.gz train.csv --epochs 40 --at-least 100
accept images labels "${quickly[@]}" --stream
accept labels images.gz images labels "${quickly[@]}" --stream --buffer 1
accept train.csv --epochs 40 --at-least 100 --stream
accept test.csv.gz train.csv --epochs 40 --at-least 100 --stream

refuse "nowhere: expected a file to read, found 'No such file or directory'" nowhere
refuse "folder: expected a file, found a directory" folder
: >empty && refuse "empty: byte 0: expected an IDX magic number or a line of CSV, found the end of the file" empty
refuse "images: expected a label file beside this image file, found none" images
refuse "labels: expected an image file beside this label file, found none" labels
refuse "train.csv: expected files of one kind, found CSV beside IDX" train.csv images labels
refuse "test.csv.gz: expected at most two sets, for training and for judging, found a third" train.csv train.csv test.csv.gz

words 0x802 20 28 28 >magic
refuse "magic: byte 0: expected the magic number 0x00000803 (images) or 0x00000801 (labels), found 0x00000802" magic labels
head -c 3 images >cut && refuse "cut: byte 3: expected an IDX magic number or a line of CSV, found the end of the file" cut labels
head -c 10 images >cut && refuse "cut: byte 10: expected 28 rows, found the end of the file" cut labels
head -c 9000 images >cut && refuse "cut: byte 9000: expected the pixels of image 12 of 20, found the end of the file" cut labels
head -c 17 labels >cut && refuse "cut: byte 17: expected label 10 of 20, found the end of the file" images cut
{ cat images && echo; } >longer && refuse "longer: byte 15696: expected the end of the file, found more bytes" longer labels
{ words 0x803 20 32 32 && pixels 20480; } >wide && refuse "wide: byte 8: expected 28 rows, found 32" wide labels
words 0x803 1 0xffffffff 0xffffffff >huge && refuse "huge: byte 8: expected 28 rows, found 4294967295" huge labels
{ words 0x803 0xffffffff 28 28 && pixels 784; } >huge
{ words 0x801 0xffffffff && pixels 1; } >huge.labels
refuse "huge: byte 800: expected the pixels of image 2 of 4294967295, found the end of the file" huge huge.labels
pixels 784 >>huge && refuse "huge.labels: byte 9: expected label 2 of 4294967295, found the end of the file" huge huge.labels
words 0x801 0xffffffff >huge && refuse "huge: byte 4: expected 20 labels, one for each image of images, found 4294967295" images huge
{ words 0x801 20 && printf '\0\1\12' && pixels 17; } >range && refuse "range: byte 10: expected a label from 0 to 9, found 10" images range
{ words 0x801 19 && pixels 19; } >fewer && refuse "fewer: byte 4: expected 20 labels, one for each image of images, found 19" images fewer
{ words 0x803 0 28 28; } >none && words 0x801 0 >none.labels && refuse "none: expected at least 5 samples, found 0" none none.labels

# The last 8 bytes of gzip data are the checksum and the length.
head -c 50 images.gz >cut.gz && refuse "cut.gz: byte 50 of the packed file: expected intact gzip data, found the end of the file" cut.gz labels
{ head -c -8 images.gz && words 0 0; } >sum.gz
refuse "sum.gz: byte $(($(stat -c %s sum.gz) - 4)) of the packed file: expected intact gzip data, found damage" sum.gz labels

csv() { { lines 9 && cat; } >bad.csv; } # what is read from stdin becomes line 10
echo 1,2,3 | csv && refuse "bad.csv: line 10: expected 65 numbers, found 3" bad.csv
line 3 | sed 's/$/,0/' | csv && refuse "bad.csv: line 10: expected 65 numbers, found 66" bad.csv
line 0 | sed 's/16/17/' | csv && refuse "bad.csv: line 10, field 1: expected a whole number from 0 to 16, found '17'" bad.csv
line 0 | sed 's/16/x/' | csv && refuse "bad.csv: line 10, field 1: expected a whole number from 0 to 16, found 'x'" bad.csv
line 0 | sed 's/16/-1/' | csv && refuse "bad.csv: line 10, field 1: expected a whole number from 0 to 16, found '-1'" bad.csv
line 0 | sed 's/16/1.5/' | csv && refuse "bad.csv: line 10, field 1: expected a whole number from 0 to 16, found '1.5'" bad.csv
line 0 | sed 's/16//' | csv && refuse "bad.csv: line 10, field 1: expected a whole number from 0 to 16, found ''" bad.csv
line 0 | sed 's/16/99999999999999999999/' | csv
refuse "bad.csv: line 10, field 1: expected a whole number from 0 to 16, found '99999999999999999999'" bad.csv
line 0 | sed 's/0$/10/' | csv && refuse "bad.csv: line 10, field 65 (the class): expected a whole number from 0 to 9, found '10'" bad.csv
pixels 5000 | csv && refuse "bad.csv: line 10: expected at most 1000 characters, found more" bad.csv
lines 4 >few.csv && refuse "few.csv: expected at least 5 samples, found 4" few.csv
head -c 500 train.csv >cut.csv && refuse "cut.csv: line 5: expected 65 numbers, found 37" cut.csv

# --stream. What is read before the training is refused as above: CSV, which is counted, and a single set, whose end is kept.
head -c 9000 images >cut && refuse "cut: byte 9000: expected the pixels of image 12 of 20, found the end of the file" cut labels --stream
line 0 | sed 's/16/17/' | csv && refuse "bad.csv: line 10, field 1: expected a whole number from 0 to 16, found '17'" bad.csv --stream
refuse "bad.csv: line 10, field 1: expected a whole number from 0 to 16, found '17'" bad.csv test.csv.gz --stream

stops() { # stops WHEN TEXT FILES...: the training ends with this line on stderr, WHEN is "at once" or "later", after whole epochs
  local when=$1 text=$2 code=0 accuracy
  shift 2
  "$program" --data data --stream --epochs 10000 "$@" >stdout 2>stderr || code=$?
  accuracy=$(grep -c '^Held-out accuracy after [1-9][0-9]* of 10000 epochs: ' stdout) || true
  if [[ $code != 2 || $(grep -v '^training: ' stderr) != "$text" || $(grep -c ^Trained stdout) != 0 || -n $(ls data) ||
        $accuracy != $([[ $when == later ]] && echo 1 || echo 0) ]]; then
    printf 'files:    %s\nexpected: %s\nfound:    %s\nexit code %s, stdout: %s\n' "$*" "$text" "$(<stderr)" "$code" "$(<stdout)"
    exit 1
  fi
  passed=$((passed + 1))
}
{ words 0x803 100 28 28 && head -c 78400 /dev/urandom; } >many && words 0x801 100 >many.labels && pixels 100 >>many.labels
gzip -c many >many.gz
head -c 40000 many.gz >half.gz
stops "at once" "half.gz: byte 40000 of the packed file: expected intact gzip data, found the end of the file" half.gz many.labels images labels
{ head -c -8 many.gz && words 0 0; } >sum.gz
stops "at once" "sum.gz: byte $(($(stat -c %s sum.gz) - 4)) of the packed file: expected intact gzip data, found damage" sum.gz many.labels images labels
head -c 40000 many >half && stops "at once" "half: byte 40000: expected the pixels of image 52 of 100, found the end of the file" half many.labels images labels
{ cat many && echo; } >longer && stops "at once" "longer: byte 78416: expected the end of the file, found more bytes" longer many.labels images labels
{ head -c 58 many.labels && printf '\12' && pixels 49; } >range
stops "at once" "range: byte 58: expected a label from 0 to 9, found 10" many range images labels

# Damage that comes while it trains: the net of the last whole epoch is judged.
damage() { # damage COMMAND...: as soon as a fifth of the training is done
  : >stderr
  {
    while [[ -e stderr ]] && ! grep -q '20 %' stderr; do sleep 0.01; done
    "$@"
  } &
}
overwrite() { printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none; }
cp images images.later && damage truncate -s 9000 images.later
stops later "images.later: byte 9000: expected the pixels of image 12 of 20, found the end of the file" images.later labels small small.labels
cp labels labels.later && damage overwrite labels.later 17 '\12'
stops later "labels.later: byte 17: expected a label from 0 to 9, found 10" images labels.later small small.labels
cp train.csv later.csv && damage overwrite later.csv 12 x # the first of line 2
stops later "later.csv: line 2, field 1: expected a whole number from 0 to 16, found 'x'" later.csv test.csv.gz

echo "$passed passed, 0 failed"
