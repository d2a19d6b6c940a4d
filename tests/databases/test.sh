#!/usr/bin/env bash
# Databases compute what `assess batch` computes. ASSESS is the command.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${ASSESS:?the path of the command}"
command -v python3 >/dev/null || { echo "python3 is not to be had: no database is asked"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
ask() {
  "$work/venv/bin/pip" install -q "$2" || { echo "$2 is not to be had: it is not asked"; return 0; }
  "$work/venv/bin/python" "$here/sql.py" "$ASSESS" "${ROWS:-100000}" "$1"
}
ask duckdb duckdb
if command -v java >/dev/null; then
  ask spark pyspark
else
  echo "java is not to be had: Spark is not asked"
fi
postgres() { command -v postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres'; }
if ! postgres >/dev/null; then
  { apt-get update && apt-get install -y --no-install-recommends postgresql; } >/dev/null 2>&1 || true
fi
if postgres >/dev/null; then
  "$work/venv/bin/python" "$here/sql.py" "$ASSESS" "${ROWS:-100000}" postgres
else
  echo "postgres is not to be had: it is not asked"
fi
