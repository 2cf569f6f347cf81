#!/usr/bin/env bash
# tests/fresh.sh bookworm|trixie [argument of tests/run.sh]...
#
# Makes a fresh Debian with debootstrap, copies the checkout into it and runs tests/run.sh and examples/run.sh there: a
# machine that already has the packages hides a missing one. INLAY_MIRROR names another mirror than debootstrap's own;
# INLAY_CACHE a folder that keeps the downloaded packages for the next time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

suite=${1-}
[[ $suite =~ ^[a-z]+$ ]] || { echo "usage: tests/fresh.sh bookworm|trixie [argument of tests/run.sh]..." >&2; exit 2; }
shift
((EUID == 0)) || exec sudo --preserve-env=INLAY_MIRROR,INLAY_CACHE,TMPDIR "$PWD/tests/fresh.sh" "$suite" "$@"
.ci/require debootstrap

root=$(mktemp -d "${TMPDIR:-/tmp}/inlay-$suite.XXXXXX")
clean_up() {
  rm -f "$root.log"
  mountpoint -q "$root/var/cache/apt/archives" && umount "$root/var/cache/apt/archives"
  mountpoint -q "$root/proc" && umount "$root/proc"
  rm -rf --one-file-system "$root"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

elapsed() { printf "%d:%02d" $((SECONDS / 60)) $((SECONDS % 60)); }
echo "[$(elapsed)] a fresh $suite in $root"
options=(--variant=minbase)
if [[ -n ${INLAY_CACHE-} ]]; then
  mkdir -p "$INLAY_CACHE/$suite"
  options+=("--cache-dir=$(realpath "$INLAY_CACHE")/$suite")
fi
debootstrap "${options[@]}" "$suite" "$root" ${INLAY_MIRROR:+"$INLAY_MIRROR"} >"$root.log" 2>&1 || {
  tail -n 20 "$root.log" >&2
  echo "debootstrap could not make $suite: see above, or name another mirror in INLAY_MIRROR" >&2
  exit 1
}

# --- the checkout, and what a root needs to be lived in ----------------------------------------------------------------

mkdir "$root/inlay"
git ls-files -z | tar --null --files-from=- -c | tar -x -C "$root/inlay"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
if [[ -n ${INLAY_CACHE-} ]]; then
  mount --bind "$INLAY_CACHE/$suite" "$root/var/cache/apt/archives"
fi

inside() {
  echo "[$(elapsed)] $suite: $*"
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM="${TERM-dumb}" \
    ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} ${no_proxy:+"no_proxy=$no_proxy"} \
    "/inlay/$1" "${@:2}"
}

failed=0
inside tests/run.sh "$@" || failed=1
inside examples/run.sh || failed=1
if ((failed)); then echo "$suite: failed"; else echo "$suite: passed"; fi
exit "$failed"
