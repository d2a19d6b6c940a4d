#!/usr/bin/env bash
# serde_json 1.0.147, a patch release, writes other bytes for the same numbers: from 1e16 on the exponent has a plus,
# `1e+16` for `1e16`. Smaller numbers are written as before. It took zmij in place of ryu to write floats.
#
# Expected: the same text, as its release notes speak of speed alone, and a patch release is taken by `cargo update`
# and by everyone who installs without a lock file. Both texts are valid JSON for the same number, so that only
# stored files, hashes and snapshots differ.
#
# For us: JSON of a quantity from 1e16 on has the plus, so a build without Cargo.lock, which names 1.0.154, could write
# other bytes for it. Floats have to be compared as numbers there, not as text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cd "$folder"
cat >src/main.rs <<'RUST'
fn main() {
    let numbers = [1e-7, 0.1, 1e15, 1e16, 1e17, 2.5e21, -3e30];
    let text = serde_json::to_string(&numbers).expect("no error");
    println!("{text}");
}
RUST
for version in 1.0.146 1.0.147 1.0.154; do
  printf '[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\nserde_json = "=%s"\n' $version >Cargo.toml
  rm -f Cargo.lock
  echo "$version $(cargo run --quiet)"
done >seen
cat seen
diff seen - <<'SEEN'
1.0.146 [1e-7,0.1,1000000000000000.0,1e16,1e17,2.5e21,-3e30]
1.0.147 [1e-7,0.1,1000000000000000.0,1e+16,1e+17,2.5e+21,-3e+30]
1.0.154 [1e-7,0.1,1000000000000000.0,1e+16,1e+17,2.5e+21,-3e+30]
SEEN
