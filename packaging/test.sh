#!/usr/bin/env bash
# Installs each package into an empty folder, and uses it there with nothing of the source around.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/packaging/build.sh"
out=${CARGO_TARGET_DIR:-$root/target}/packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The command at $1 with its files below $2.
use() {
  (
    cd "$work"
    "$1" eval "$2/share/doc/assess/examples/nato.assess" --draws 0 | grep -q Leader
    printf 'id,ceasefire\n1,true\n' | "$1" batch "$2/share/doc/assess/examples/nato.assess" --table - | grep -q '^1,true,0'
    # Packages read what the default build does not.
    local said status=0
    said=$("$1" batch "$2/share/doc/assess/examples/nato.assess" --table - --format parquet </dev/null 2>&1) || status=$?
    [ "$status" = 2 ]
    grep -q 'cannot be read as Parquet' <<<"$said"
    gzip -dc "$2/share/man/man1/assess-eval.1.gz" | grep -q '^\.TH'
    bash -c "source '$2/share/bash-completion/completions/assess' && complete -p assess" >/dev/null
  )
}

mkdir "$work/archive" && tar -xf "$out"/assess-*-linux.tar.gz -C "$work/archive" --strip-components 1
use "$work/archive/bin/assess" "$work/archive"
echo "the archive works"
for package in "$out"/assess_*.deb; do
  [ -e "$package" ] || continue
  # An empty root with a list of packages of its own; what it depends on is looked for on this machine.
  mkdir -p "$work/deb/var/lib/dpkg/"{info,updates} && touch "$work/deb/var/lib/dpkg/status"
  dpkg --root="$work/deb" --force-depends --force-not-root --install "$package" >/dev/null 2>&1
  dpkg --root="$work/deb" --listfiles assess | grep -q '/usr/bin/assess'
  use "$work/deb/usr/bin/assess" "$work/deb/usr"
  dpkg --root="$work/deb" --force-not-root --remove assess >/dev/null 2>&1
  [ ! -e "$work/deb/usr/bin/assess" ]
  echo "the Debian package works, and leaves nothing behind"
done
(cd "$out" && sha256sum --quiet --check SHA256SUMS)
