#!/usr/bin/env bash
# Makes the archives, the Debian package, the Homebrew formula and the bill of materials in target/packages, with checksums.
# ASSESS is a release build of the command with the feature `tables`; without it, one is made. ASSESS_URL is where the archives
# will be fetched from.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
target=${CARGO_TARGET_DIR:-$root/target}
if [ -z "${ASSESS:-}" ]; then
  cargo build --release --locked --features tables
  ASSESS=$target/release/assess
fi
version=$("$ASSESS" --version | cut -d' ' -f2)
out=$target/packages
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What the command is made of.
materials=$work/assess-$version.cdx.json
if command -v python3 >/dev/null; then
  cargo metadata --locked --format-version 1 --features tables \
    --filter-platform "$(rustc -vV | sed -n 's/^host: //p')" |
    python3 packaging/sbom.py Cargo.lock "$version" >"$materials"
  cp "$materials" "$out/"
else
  echo "python3 is not to be had: there is no bill of materials"
fi

# What both hold, below a prefix.
lay() {
  local to=$1
  install -Dm755 "$ASSESS" "$to/bin/assess"
  strip "$to/bin/assess"
  mkdir -p "$to/share/man/man1" "$to/share/bash-completion/completions" "$to/share/zsh/site-functions" \
    "$to/share/fish/vendor_completions.d" "$to/share/doc/assess"
  "$ASSESS" man >"$to/share/man/man1/assess.1"
  local command
  for command in $("$ASSESS" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
    "$ASSESS" man "$command" >"$to/share/man/man1/assess-$command.1"
  done
  gzip -9n "$to/share/man/man1/"*.1
  "$ASSESS" completions bash >"$to/share/bash-completion/completions/assess"
  "$ASSESS" completions zsh >"$to/share/zsh/site-functions/_assess"
  "$ASSESS" completions fish >"$to/share/fish/vendor_completions.d/assess.fish"
  cp README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$to/share/doc/assess/"
  [ ! -e "$materials" ] || cp "$materials" "$to/share/doc/assess/"
  cp -r assessments "$to/share/doc/assess/examples"
}

machine=$(uname -m)
name=assess-$version-$machine-linux
lay "$work/$name"
# The same files make the same archive.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2025-01-01 00:00Z' -C "$work" -cf - "$name" |
  gzip -9n >"$out/$name.tar.gz"

if command -v dpkg-deb >/dev/null; then
  architecture=$(dpkg --print-architecture)
  root_of=$work/deb
  lay "$root_of/usr"
  mv "$root_of/usr/share/zsh/site-functions" "$root_of/usr/share/zsh/vendor-completions"
  mkdir -p "$root_of/DEBIAN"
  libc=$(objdump -T "$ASSESS" | sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -V | tail -1)
  cat >"$root_of/DEBIAN/control" <<CONTROL
Package: assess
Version: $version
Architecture: $architecture
Maintainer: The assess developers <assess@localhost>
Depends: libc6 (>= $libc), libgcc-s1
Section: science
Priority: optional
Installed-Size: $(du -sk "$root_of/usr" | cut -f1)
Description: Assessments about the future that can be read, run, questioned and corrected
 A language for assessments, with an engine, a linter and a report.
CONTROL
  (cd "$root_of" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  dpkg-deb -Zgzip --root-owner-group --build "$root_of" "$out/assess_${version}_$architecture.deb" >/dev/null
else
  echo "dpkg-deb is not to be had: there is no Debian package"
fi
# The source as it was committed, and the formula that builds it, on macOS too.
if git rev-parse --verify --quiet HEAD >/dev/null 2>&1; then
  source=assess-$version.tar.gz
  git archive --format=tar --prefix="assess-$version/" HEAD | gzip -9n >"$out/$source"
  sum=$(sha256sum "$out/$source" | cut -d' ' -f1)
  sed -e "s|@URL@|${ASSESS_URL:-file://$out}/$source|" -e "s|@SHA256@|$sum|" packaging/assess.rb >"$out/assess.rb"
else
  echo "this is no clone: there is no source archive, and no Homebrew formula"
fi
(cd "$out" && rm -f SHA256SUMS && sha256sum -- *.tar.gz *.deb *.whl *.tgz *.zip *.rb *.json 2>/dev/null >SHA256SUMS || true)
ls -l "$out"
