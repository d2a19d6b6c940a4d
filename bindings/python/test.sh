#!/usr/bin/env bash
# Builds the wheel, installs it into an empty environment and tests it there. ASSESS is the command to compare with.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${ASSESS:?the path of the command}"
command -v python3 >/dev/null || { echo "python3 is not to be had: the Python package is not tested"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/build" && "$work/build/bin/pip" install -q maturin || { echo "maturin is not to be had: the Python package is not tested"; exit 0; }
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$here/../../target}
(cd "$here" && "$work/build/bin/maturin" build --release --locked --quiet --out "$work/wheels")
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q "$work"/wheels/*.whl
# Nothing else is needed to use it.
(cd "$work" && ./venv/bin/assess --version && ./venv/bin/python -c 'import assess; assess.load')
"$work/venv/bin/pip" install -q pytest ipython pygments mypy
# What cannot be had is left out by the tests, which say so.
for name in pandas polars duckdb pyarrow pyspark; do
  "$work/venv/bin/pip" install -q "$name" || echo "$name is not to be had: what needs it is not tested"
done
command -v java >/dev/null || echo "Java is not to be had: Spark is not tested"
"$work/venv/bin/python" -m pytest -q -rs "$here/tests"
(cd "$work" && ./venv/bin/python -m mypy --ignore-missing-imports --disable-error-code import-untyped -p assess)
"$work/venv/bin/python" "$here/../../benches/python/overhead.py" || echo "slower than the aim, on this machine"
mkdir -p "$CARGO_TARGET_DIR/packages" && cp "$work"/wheels/*.whl "$CARGO_TARGET_DIR/packages/"
