#!/usr/bin/env bash
# Builds the module, installs the npm package into an empty folder and tests it in Node; then the page in Chromium. ASSESS
# is the command to compare with.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${ASSESS:?the path of the command}"
command -v npm >/dev/null || { echo "Node is not to be had: the module is not tested"; exit 0; }
"$here/build.sh"
# A page has to fetch it.
packed=$(gzip -9c "$here/pkg/web/assess_bg.wasm" | wc -c)
[ "$packed" -le 2500000 ] || { echo "the module has $packed bytes when packed, more than 2.5 MB" >&2; exit 1; }
node "$here/test/same.mjs" "$ASSESS"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
packed=$(cd "$here/pkg" && npm pack --silent --pack-destination "$work")
(
  cd "$work"
  npm init -y >/dev/null
  npm install --silent --no-audit --no-fund --offline "./$packed"
  node --input-type=module -e '
    import { Files } from "assess-forecast";
    const text = "assessment \"Q\" { as of: 2025-03-01 }\nhorizon h: until 2025-06-30\noutcome a\noutcome b\nprior { a: 25%, b: 75% }";
    const p = new Files().open("a.assess", text).evaluate("a.assess").assessments[0].horizons[0].outcomes[0].probability;
    if (p !== 0.25) throw new Error(`${p}`);'
)
web=$here/../../web
(cd "$web" && npm ci --silent --no-audit --no-fund && node build.mjs)
# Both are packages: the page opens from wherever it is unpacked.
out=${CARGO_TARGET_DIR:-$here/../../target}/packages
mkdir -p "$out" && cp "$work/$packed" "$out/"
version=$(sed -n 's/^version = "\(.*\)"$/\1/p;T;q' "$here/Cargo.toml")
if command -v python3 >/dev/null; then
  (cd "$web/dist" && rm -f "$out/assess-page-$version.zip" && python3 -m zipfile -c "$out/assess-page-$version.zip" index.html style.css assess.js)
fi
command -v chromium >/dev/null || { echo "Chromium is not to be had: the page is not tested"; exit 0; }
(cd "$web" && node test/page.mjs "$ASSESS")
