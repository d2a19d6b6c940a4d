"""DuckDB computes by `assess sql` what `assess batch` computes, nulls included.

Usage: sql.py ASSESS ROWS. ASSESS is the command; needs the package duckdb.
"""

import csv
import io
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

FILE = """assessment "Q" { as of: 2025-03-01 }
horizon june "J": until 2025-06-30
horizon long "L": until 2026-06-30
outcome a "A"
outcome b "B"
final outcome c "C"
prior { a: 60% in june, 50% in long, b: rest, c: 10% by june, 20% by long }
event e { chance: 10% by june, 20% by long, weight for c: strong }
event g { chance given e: 50% by long, chance otherwise: 5% by long }
event x { chance: 10% by long, weight for b: weak }
event y { chance: 20% by long, weight for a: weak }
exclusive: x, y
factor f { weight for a: moderate, weak in long }
factor s { weight against c: weak }
factor r { holds: 30%, weight for b: moderate }
change ch { when: g and r, weight for b: strong }
"""
NAMES = ["e", "g", "x", "y", "f", "s", "r"]


def main() -> None:
    assess, count = sys.argv[1], int(sys.argv[2])
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        file, table = Path(folder, "a.assess"), Path(folder, "t.csv")
        file.write_text(FILE)
        with table.open("w") as out:
            out.write("id," + ",".join(NAMES) + "\n")
            for n in range(count):
                cells = [dice.choice(["true", "false", ""]) for _ in NAMES]
                out.write(f"{n},{','.join(cells)}\n")
        found = subprocess.run(
            [assess, "batch", file, "--table", table], capture_output=True, text=True, check=False
        )
        assert found.returncode == 1, "x and y exclude each other in some rows"
        query = subprocess.run(
            [assess, "sql", file, "--from", "rows", "--columns", ",".join(NAMES)],
            capture_output=True, text=True, check=True,
        ).stdout
        types = ", ".join(f"'{name}': 'BOOLEAN'" for name in NAMES)
        base = duckdb.connect()
        base.execute(f"CREATE TABLE rows AS FROM read_csv('{table}', types = {{{types}}})")
        answer = base.execute(f"SELECT * FROM ({query}) ORDER BY id")
        heading = [column[0] for column in answer.description]
        rows = answer.fetchall()
        reader = csv.reader(io.StringIO(found.stdout))
        names = next(reader)
        assert heading == names[:-1], (heading, names)
        worst = 0.0
        for row, cells in zip(rows, reader, strict=True):
            assert str(row[0]) == cells[0]
            for value, cell in zip(row[8:], cells[8:-1], strict=True):
                if isinstance(value, float):
                    worst = max(worst, abs(value - float(cell)))
                else:
                    assert (value or "") == cell, (row, cells)
        assert worst < 1e-9, worst
        print(f"{len(rows)} rows, {len(rows[0]) - 8} columns: at most {worst:g} apart")


main()
