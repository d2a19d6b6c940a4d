#!/usr/bin/env bash
# sqlglot 30.30.0 turns a logarithm to base 10 into a natural one, without a warning: `LOG(x)` of DuckDB and
# PostgreSQL stays `LOG(x)` for Spark, where it means LN. The way back is translated, so that a query that goes
# to Spark and comes home has `LN(x)` where it had `LOG(x)`. `unsupported_level=RAISE` raises nothing.
#
# Expected: `LOG(10, x)`, which sqlglot writes for `LOG10(x)`, or an error. Its parser knows which dialects take
# LOG for LN; its documentation describes transpiling as keeping the meaning, and names no exception here.
#
# For us: decibans are ten logarithms to base 10, so a query that computes them is off by a factor of 2.3 after the
# translation. `assess sql` asks for the dialect rather than leaving it to a translator, and has no logarithm in its
# queries; what one writes around them says LOG10.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check sqlglot==30.30.0

cat >probe.py <<'PYTHON'
import sqlglot
from sqlglot.errors import ErrorLevel


def translate(query, read, write):
    return sqlglot.transpile(query, read=read, write=write, unsupported_level=ErrorLevel.RAISE)[0]


for query in ("SELECT 10 * LOG(p / (1 - p))", "SELECT 10 * LOG10(p / (1 - p))"):
    for home in ("duckdb", "postgres"):
        away = translate(query, home, "spark")
        print(f"{home}: {query}")
        print(f"  spark: {away}")
        print(f"  home:  {translate(away, 'spark', home)}")
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
duckdb: SELECT 10 * LOG(p / (1 - p))
  spark: SELECT 10 * LOG(p / (1 - p))
  home:  SELECT 10 * LN(p / NULLIF((1 - p), 0))
postgres: SELECT 10 * LOG(p / (1 - p))
  spark: SELECT 10 * LOG(p / (1 - p))
  home:  SELECT 10 * LN(CAST(p AS DOUBLE PRECISION) / NULLIF((1 - p), 0))
duckdb: SELECT 10 * LOG10(p / (1 - p))
  spark: SELECT 10 * LOG(10, p / (1 - p))
  home:  SELECT 10 * LOG(10, p / NULLIF((1 - p), 0))
postgres: SELECT 10 * LOG10(p / (1 - p))
  spark: SELECT 10 * LOG(10, p / (1 - p))
  home:  SELECT 10 * LOG(10, CAST(p AS DOUBLE PRECISION) / NULLIF((1 - p), 0))
SEEN
