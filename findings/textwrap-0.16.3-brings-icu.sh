#!/usr/bin/env bash
# textwrap 0.16.3, a patch release of the crate, finds where lines may be broken with icu_segmenter in
# place of unicode-linebreak, under the same default feature. What a program has to build for it goes
# from 4 crates to about 30, procedural macros and their parser (syn) among them.
#
# Seen with cargo 1.95: 0.16.2 needs smawk, unicode-linebreak, unicode-width; 0.16.3 needs
# icu_segmenter and 20 more crates of ICU4X with zerovec, yoke, displaydoc and syn. `cargo update` takes
# it, since 0.16.3 is compatible with every requirement that 0.16.2 meets.
#
# For us: Cargo.lock keeps 0.16.2, and CI counts the crates of the command.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
echo 'fn main() {}' >"$folder/src/main.rs"
cd "$folder"

# The crates that textwrap of a version needs, itself included.
crates() {
  printf '[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\ntextwrap = "=%s"\n' "$1" >Cargo.toml
  rm -f Cargo.lock
  cargo tree --quiet --edges normal,build --prefix none --no-dedupe | awk '$1 != "probe" { print $1 }' | sort -u
}

before=$(crates 0.16.2)
after=$(crates 0.16.3)
echo "0.16.2: $(wc -l <<<"$before") crates"
echo "0.16.3: $(wc -l <<<"$after") crates"
[ "$(wc -l <<<"$before")" -eq 4 ]
grep -qx unicode-linebreak <<<"$before"
grep -qx icu_segmenter <<<"$after"
grep -qx syn <<<"$after"
[ "$(wc -l <<<"$after")" -ge 25 ]
