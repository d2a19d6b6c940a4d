#!/usr/bin/env bash
# The same models in other tools, in one run: see README.md beside this file.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
cd "$here/../.."
work="$PWD/target/peers"
mkdir -p "$work"

[ -d "$work/venv" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
cp "$here/package.json" "$here/squiggle.mjs" "$work/"
(cd "$work" && npm install --silent --no-audit --no-fund)

cargo build --release --locked --quiet
cargo bench --manifest-path benches/Cargo.toml --target-dir target --locked --quiet --bench peer --no-run
"$work/venv/bin/python" "$here/model.py" "$work"
"$work/venv/bin/python" "$here/compare.py" "$work"
