"""Databases compute by `assess sql` what `assess batch` computes, nulls and chances included.

Usage: sql.py ASSESS ROWS DATABASE. ASSESS is the command; DATABASE is duckdb or spark, whose package is needed (pyspark, with
Java, for the second), or postgres, whose programs are needed.
"""

import csv
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

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
TRUTHS = ["e", "g", "x", "y", "f", "s", "r"]
# What the row says of each: a truth, or the chance that it is so already.
CASES = [(TRUTHS, []), (["x", "f", "s", "r"], ["e", "g"]), (["f"], ["g"]), ([], ["e"])]


class DuckDB:
    """Reads a table of truths and chances, and answers a query over it."""

    dialect = "duckdb"

    def __init__(self):
        import duckdb

        self.base = duckdb.connect()

    def answer(self, table, truths, chances, query):
        types = {"id": "BIGINT", **dict.fromkeys(truths, "BOOLEAN"), **dict.fromkeys(chances, "DOUBLE")}
        self.base.execute(f"CREATE OR REPLACE TABLE rows AS FROM read_csv('{table}', columns = {types})")
        answer = self.base.execute(f"SELECT * FROM ({query}) ORDER BY id")
        return [column[0] for column in answer.description], answer.fetchall()


class Spark:
    """The same with Spark on this machine."""

    dialect = "spark"

    def __init__(self):
        from pyspark.sql import SparkSession

        build = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        self.spark = build.config("spark.sql.shuffle.partitions", "2").getOrCreate()
        self.spark.sparkContext.setLogLevel("ERROR")

    def answer(self, table, truths, chances, query):
        schema = ["id BIGINT", *(f"{n} BOOLEAN" for n in truths), *(f"{n} DOUBLE" for n in chances)]
        frame = self.spark.read.csv(str(table), header=True, schema=", ".join(schema))
        frame.createOrReplaceTempView("rows")
        found = self.spark.sql(query)
        return found.columns, [tuple(row) for row in found.orderBy("id").collect()]


class Postgres:
    """The same with a server of its own, which ends with the test and listens to nobody else."""

    dialect = "postgres"

    def __init__(self):
        # Debian keeps the server's programs apart from those that everybody runs.
        kept = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        self.path = os.pathsep.join([*(str(p) for p in kept[-1:]), os.environ["PATH"]])
        # The server refuses to be run by root.
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.place = tempfile.mkdtemp(prefix="assess")
        if self.user:
            shutil.chown(self.place, "postgres")
        self.run("initdb", "-D", f"{self.place}/data", "--no-sync", "-U", "assess", "-A", "trust", "-E", "UTF8")
        options = f"-c listen_addresses= -c unix_socket_directories={self.place} -c fsync=off"
        log = f"{self.place}/log"
        self.run("pg_ctl", "-D", f"{self.place}/data", "-w", "-l", log, "-o", options, "start")

    def run(self, *command, **more):
        command = [*self.user, "env", f"PATH={self.path}", *command]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.place, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, text):
        address = ["-h", self.place, "-U", "assess", "-d", "postgres"]
        return self.run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *address, input=text)

    def answer(self, table, truths, chances, query):
        kinds = ["id bigint", *(f"{n} boolean" for n in truths), *(f"{n} float8" for n in chances)]
        self.ask(
            f"DROP TABLE IF EXISTS rows; CREATE TABLE rows ({', '.join(kinds)});\n"
            f"COPY rows FROM STDIN (FORMAT csv, HEADER);\n{table.read_text()}\\.\n"
        )
        text = self.ask(f"COPY (SELECT * FROM ({query}) AS found ORDER BY id) TO STDOUT (FORMAT csv, HEADER);\n")
        reader = csv.reader(io.StringIO(text))
        heading = next(reader)
        own = 1 + len(truths) + len(chances)
        return heading, [tuple(read(cell) for cell in row) for row in reader if len(row) > own]

    def end(self):
        self.run("pg_ctl", "-D", f"{self.place}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.place)


def read(cell):
    """A cell of a database that answers in text."""
    try:
        return float(cell) if "." in cell or "e" in cell else int(cell)
    except ValueError:
        return cell or None


def write(table, truths, chances, count):
    """Truths and chances, a third of each unknown; some chances are none."""
    dice = random.Random(1)
    with table.open("w") as out:
        out.write(",".join(["id", *truths, *chances]) + "\n")
        for n in range(count):
            cells = [dice.choice(["true", "false", ""]) for _ in truths]
            for _ in chances:
                share = "1.5" if dice.random() < 0.001 else str(round(dice.random(), 4))
                cells.append("" if dice.random() < 1 / 3 else share)
            out.write(f"{n},{','.join(cells)}\n")


def compare(assess, database, folder, case, count):
    truths, chances = case
    file, table = Path(folder, "a.assess"), Path(folder, "t.csv")
    write(table, truths, chances, count)
    found = subprocess.run(
        [assess, "batch", file, "--table", table], capture_output=True, text=True, check=False
    )
    # x and y exclude each other in some rows; 1.5 is no chance.
    assert found.returncode == (1 if "x" in truths or chances else 0), found.stderr
    wanted = [f"--columns={','.join(truths)}"] if truths else []
    wanted += [f"--chances={','.join(chances)}"] if chances else []
    query = subprocess.run(
        [assess, "sql", file, "--from", "rows", "--dialect", database.dialect, *wanted],
        capture_output=True, text=True, check=True,
    ).stdout
    heading, rows = database.answer(table, truths, chances, query)
    reader = csv.reader(io.StringIO(found.stdout))
    names = next(reader)
    assert heading == names[:-1], (heading, names)
    own = 1 + len(truths) + len(chances)
    worst, missing = 0.0, 0
    for row, cells in zip(rows, reader, strict=True):
        assert str(row[0]) == cells[0]
        missing += row[own] is None
        for value, cell in zip(row[own:], cells[own:-1], strict=True):
            if value is None or isinstance(value, str):
                assert (value or "") == cell, (row, cells)
            else:
                worst = max(worst, abs(value - float(cell)))
    assert worst < 1e-9, worst
    assert missing < len(rows) / 2, missing
    said = f"{database.dialect}: {len(rows)} rows, truths {truths}, chances {chances}"
    print(f"{said}: at most {worst:g} apart, {missing} without a verdict", flush=True)


def main():
    assess, count = sys.argv[1], int(sys.argv[2])
    database = {"duckdb": DuckDB, "spark": Spark, "postgres": Postgres}[sys.argv[3]]()
    try:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "a.assess").write_text(FILE)
            for case in CASES:
                compare(assess, database, folder, case, count)
    finally:
        if isinstance(database, Postgres):
            database.end()


main()
