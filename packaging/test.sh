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
    # What it is made of.
    [ ! -e "$2"/share/doc/assess/*.cdx.json ] || grep -q '"bomFormat": "CycloneDX"' "$2"/share/doc/assess/*.cdx.json
    gzip -dc "$2/share/man/man1/assess-eval.1.gz" | grep -q '^\.TH'
    bash -c "source '$2/share/bash-completion/completions/assess' && complete -p assess" >/dev/null
  )
}

# The formula's archive is what it says, and whole: its lock file fits.
if [ -e "$out/assess.rb" ]; then
  sum=$(sed -n 's/^  sha256 "\(.*\)"$/\1/p' "$out/assess.rb")
  source=$(sed -n 's|^  url ".*/\(.*\)"$|\1|p' "$out/assess.rb")
  (cd "$out" && sha256sum --quiet --check <<<"$sum  $source")
  mkdir "$work/source" && tar -xf "$out/$source" -C "$work/source" --strip-components 1
  (cd "$work/source" && cargo metadata --locked --format-version 1 >/dev/null)
  if command -v ruby >/dev/null; then ruby -c "$out/assess.rb" >/dev/null; else echo "ruby is not to be had: the formula is not read"; fi
  if command -v brew >/dev/null; then brew install --formula "$out/assess.rb" && brew test assess; else echo "brew is not to be had: the formula is not installed"; fi
  echo "the source archive and the formula fit"
fi

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
