#!/usr/bin/env bash
# Databases compute what `assess batch` computes. ASSESS is the command.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${ASSESS:?the path of the command}"
command -v python3 >/dev/null || { echo "python3 is not to be had: no database is asked"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q duckdb || { echo "duckdb is not to be had: it is not asked"; exit 0; }
"$work/venv/bin/python" "$here/sql.py" "$ASSESS" "${ROWS:-100000}"
