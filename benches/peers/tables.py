"""A table of a million rows, in `assess batch` and in other tools: see README.md.

Usage: tables.py WORK [ROWS [ROUNDS]]. WORK is a folder for tables, with a venv that has numpy, polars, duckdb and pyarrow;
`assess` and `benches/tables.rs` are built for release, with the feature `tables`. Two threads for everybody.
"""

import importlib.util
import json
import math
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
THREADS = "2"
IN_PYTHON = "assess in Python"
FACTORS, EVENTS = 12, 4
OUTCOMES, HORIZONS = ["stay", "drift", "leave"], ["soon", "later", "late"]
PRIOR = [[0.5, 0.3, 0.2], [0.45, 0.3, 0.25], [0.4, 0.3, 0.3]]
DECIBAN = math.log(10) / 10
# ICD 203, which the file's words are of: up to which chance each holds.
WORDS = [
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.01, "almost certain"),
]


def model(events):
    """Weights in decibans by driver, horizon and outcome, and the chances of events by horizon."""
    dice = random.Random(7)
    names = [f"f{n}" for n in range(FACTORS)] + [f"e{n}" for n in range(events)]
    weights = []
    for _ in names:
        first, second = dice.sample(range(3), 2)
        rows = [[0.0] * 3 for _ in HORIZONS]
        for row in rows:
            row[first], row[second] = dice.randint(1, 40) / 10, dice.randint(1, 40) / 10
        weights.append(rows)
    chances = [sorted(dice.randint(5, 60) / 100 for _ in HORIZONS) for _ in range(events)]
    return names, weights, chances


def text(events):
    names, weights, chances = model(events)
    lines = ['assessment "Rows" { as of: 2025-01-01, scale: icd203 }']
    lines += [f'horizon {h} "{h}": until {2026 + n}-01-01' for n, h in enumerate(HORIZONS)]
    lines += [f'outcome {o} "{o}"' for o in OUTCOMES]
    shares = [
        f"{o}: " + ", ".join(f"{PRIOR[n][k] * 100:g}% in {h}" for n, h in enumerate(HORIZONS))
        for k, o in enumerate(OUTCOMES)
    ]
    lines.append("prior { " + ", ".join(shares) + " }")
    for n, name in enumerate(names):
        clauses = []
        if n >= FACTORS:
            by = zip(chances[n - FACTORS], HORIZONS, strict=True)
            clauses.append("chance: " + ", ".join(f"{p * 100:g}% by {h}" for p, h in by))
        for k, outcome in enumerate(OUTCOMES):
            if weights[n][0][k]:
                at = ", ".join(f"{weights[n][i][k]:g} dB in {h}" for i, h in enumerate(HORIZONS))
                clauses.append(f"weight for {outcome}: {at}")
        lines.append(f"{'event' if n >= FACTORS else 'factor'} {name} {{\n  " + "\n  ".join(clauses) + "\n}")
    return "\n".join(lines) + "\n"


def make(work, rows, events):
    """The same table as Parquet, Arrow and CSV."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.feather
    import pyarrow.parquet

    name = f"events{events}" if events else "factors"
    (work / f"{name}.assess").write_text(text(events))
    dice = np.random.default_rng(3)
    columns = {"id": np.arange(rows)}
    for n in range(FACTORS):
        columns[f"f{n}"] = dice.random(rows) < 0.5
    for n in range(events):
        truth = dice.random(rows) < 0.5
        columns[f"e{n}"] = pa.array(truth, mask=dice.random(rows) < 1 / 3)
    table = pa.table(columns)
    pyarrow.parquet.write_table(table, work / f"{name}.parquet", compression="snappy")
    pyarrow.feather.write_feather(table, work / f"{name}.arrow", compression="uncompressed")
    pyarrow.csv.write_csv(table, work / f"{name}.csv")


def answer_numpy(columns, events):
    """Probabilities, leader, margin and word by horizon; events that are not known are summed over.

    As one writes it: whole columns at once, a loop over the states.
    """
    import numpy as np

    names, weights, chances = model(events)
    rows = len(columns["f0"])
    x = np.stack([columns[f"f{n}"] for n in range(FACTORS)]).astype(np.float64)
    pushes = np.array(weights) * DECIBAN
    found = []
    for h in range(3):
        base = pushes[:FACTORS, h, :].T @ x + np.log(PRIOR[h])[:, None]
        if not events:
            p = shares(np.exp(base))
        else:
            known = [columns[f"e{e}"] for e in range(events)]
            true = [np.where(np.isnan(k), chances[e][h], k) for e, k in enumerate(known)]
            false = [1 - t for t in true]
            p = np.zeros((3, rows))
            for state in range(1 << events):
                mass, push = np.ones(rows), np.zeros(3)
                for e in range(events):
                    so = (state >> e) & 1
                    mass *= true[e] if so else false[e]
                    push = push + so * pushes[FACTORS + e, h]
                p += shares(np.exp(base + push[:, None])) * mass
        found.append((p, *summary(p)))
    return found


def shares(w):
    return w / (w[0] + w[1] + w[2])


def summary(p):
    """Leader, margin and word of three outcomes."""
    import numpy as np

    low, high = np.minimum(p[0], p[1]), np.maximum(p[0], p[1])
    top, second = np.maximum(high, p[2]), np.maximum(low, np.minimum(high, p[2]))
    word = np.searchsorted([limit for limit, _ in WORDS], top, side="left")
    return p.argmax(axis=0), top - second, word


def answer_tuned(columns, events):
    """The same by a user of NumPy who knows the machine: so many rows at a time as the cache holds, and exponentials
    taken out of the sum over states."""
    import numpy as np

    names, weights, chances = model(events)
    rows, block = len(columns["f0"]), 8192
    pushes = np.array(weights) * DECIBAN
    found = [(np.empty((3, rows)), np.empty(rows, np.int8), np.empty(rows), np.empty(rows, np.int8)) for _ in HORIZONS]
    for start in range(0, rows, block):
        some = slice(start, min(start + block, rows))
        x = np.empty((FACTORS, some.stop - start))
        for n in range(FACTORS):
            x[n] = columns[f"f{n}"][some]
        for h in range(3):
            w = np.exp(pushes[:FACTORS, h, :].T @ x + np.log(PRIOR[h])[:, None])
            if not events:
                w /= w[0] + w[1] + w[2]
                p = w
            else:
                known = [columns[f"e{e}"][some] for e in range(events)]
                true = [np.where(np.isnan(k), chances[e][h], k) for e, k in enumerate(known)]
                false = [1 - t for t in true]
                p = np.zeros_like(w)
                for state in range(1 << events):
                    mass, push = 1.0, np.zeros(3)
                    for e in range(events):
                        so = (state >> e) & 1
                        mass = mass * (true[e] if so else false[e])
                        push = push + so * pushes[FACTORS + e, h]
                    v = w * np.exp(push)[:, None]
                    v *= mass / (v[0] + v[1] + v[2])
                    p += v
            leader, margin, word = summary(p)
            for to, of in zip(found[h], (p, leader, margin, word), strict=True):
                to[..., some] = of
    return found


def expressions(events, number, is_true):
    """By horizon the SQL of an outcome's logit, for rows without unknown events."""
    names, weights, _ = model(events)
    out = []
    for h in range(3):
        row = []
        for k in range(3):
            terms = [number(math.log(PRIOR[h][k]))]
            for n, name in enumerate(names):
                if weights[n][h][k]:
                    terms.append(is_true(name, number(weights[n][h][k] * DECIBAN)))
            row.append(" + ".join(terms))
        out.append(row)
    return out


def query(source):
    """The closed form in SQL."""
    logits = expressions(0, repr, lambda name, w: f"CASE WHEN {name} THEN {w} ELSE 0 END")
    inner = [f"exp({logits[h][k]}) AS w{h}{k}" for h in range(3) for k in range(3)]
    middle, outer = [], []
    for h, horizon in enumerate(HORIZONS):
        total = f"(w{h}0 + w{h}1 + w{h}2)"
        middle += [f"w{h}{k} / {total} AS p{h}{k}" for k in range(3)]
        p = [f"p{h}{k}" for k in range(3)]
        outer += [f'{p[k]} AS "{o} in {horizon}"' for k, o in enumerate(OUTCOMES)]
        best = f"greatest({', '.join(p)})"
        outer.append(
            f"CASE WHEN {p[0]} >= {p[1]} AND {p[0]} >= {p[2]} THEN 'stay' WHEN {p[1]} >= {p[2]} THEN 'drift' "
            f"ELSE 'leave' END AS \"leader in {horizon}\""
        )
        second = f"greatest(least({p[0]}, {p[1]}), least(greatest({p[0]}, {p[1]}), {p[2]}))"
        outer.append(f'{best} - {second} AS "margin in {horizon}"')
        words = " ".join(f"WHEN {best} <= {limit} THEN '{word}'" for limit, word in WORDS)
        outer.append(f'CASE {words} END AS "word in {horizon}"')
    names = ", ".join(["id"] + [f"f{n}" for n in range(FACTORS)])
    return (
        f"SELECT {names}, {', '.join(outer)} FROM (SELECT {names}, {', '.join(middle)} FROM "
        f"(SELECT {names}, {', '.join(inner)} FROM {source}))"
    )


def lazy(frame):
    """The closed form in Polars."""
    import polars as pl

    names, weights, _ = model(0)
    inner, middle, outer = [], [], []
    for h, horizon in enumerate(HORIZONS):
        for k in range(3):
            logit = pl.lit(math.log(PRIOR[h][k]))
            for n, name in enumerate(names):
                if weights[n][h][k]:
                    logit = logit + pl.col(name).cast(pl.Float64) * (weights[n][h][k] * DECIBAN)
            inner.append(logit.exp().alias(f"w{h}{k}"))
        total = pl.col(f"w{h}0") + pl.col(f"w{h}1") + pl.col(f"w{h}2")
        middle += [(pl.col(f"w{h}{k}") / total).alias(f"{o} in {horizon}") for k, o in enumerate(OUTCOMES)]
        p = [pl.col(f"{o} in {horizon}") for o in OUTCOMES]
        best = pl.max_horizontal(p)
        leader = pl.when((p[0] >= p[1]) & (p[0] >= p[2])).then(pl.lit("stay"))
        leader = leader.when(p[1] >= p[2]).then(pl.lit("drift")).otherwise(pl.lit("leave"))
        low, high = pl.min_horizontal(p[0], p[1]), pl.max_horizontal(p[0], p[1])
        second = pl.max_horizontal(low, pl.min_horizontal(high, p[2]))
        word = pl
        for limit, name in WORDS[:-1]:
            word = word.when(best <= limit).then(pl.lit(name))
        outer += [
            leader.alias(f"leader in {horizon}"),
            (best - second).alias(f"margin in {horizon}"),
            word.otherwise(pl.lit(WORDS[-1][1])).alias(f"word in {horizon}"),
        ]
    drop = [f"w{h}{k}" for h in range(3) for k in range(3)]
    return frame.with_columns(inner).with_columns(middle).with_columns(outer).drop(drop)


def clocks():
    """Seconds that passed, and those of the processor in all threads."""
    return time.perf_counter(), time.process_time()


def since(start):
    return [now - before for now, before in zip(clocks(), start, strict=True)]


def peer(tool, task, work):
    """One peer's seconds and those of the processor, without what it takes to start."""
    os.environ["POLARS_MAX_THREADS"] = os.environ["RAYON_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = THREADS
    table, kind = task.split(":")
    source, out = work / f"{table}.{kind}", work / f"{tool}.{kind}"
    if tool == IN_PYTHON:
        import assess
        import pyarrow as pa
        import pyarrow.feather

        rows = pyarrow.feather.read_table(source)
        start = clocks()
        found = assess.batch(work / f"{table}.assess", rows)
        seconds = since(start)
        return seconds, every(pa.table(found))
    if tool.startswith("numpy"):
        import numpy as np
        import pyarrow.feather

        events = EVENTS if table != "factors" else 0
        read = pyarrow.feather.read_table(work / f"{table}.arrow")
        columns = {n: read.column(n).to_numpy().astype(bool) for n in read.column_names[1 : FACTORS + 1]}
        for n in range(events):
            known = read.column(f"e{n}").to_pylist()
            columns[f"e{n}"] = np.array([np.nan if x is None else float(x) for x in known])
        start = clocks()
        found = (answer_numpy if tool == "numpy" else answer_tuned)(columns, events)
        seconds = since(start)
        rows = range(0, len(found[0][1]), 9973)
        return seconds, [[[float(x) for x in found[h][0][:, r]] for h in range(3)] for r in rows]
    if tool == "duckdb":
        import duckdb

        base = duckdb.connect()
        base.execute(f"SET threads = {THREADS}")
        if kind == "arrow":
            base.execute(f"CREATE TABLE rows AS FROM read_parquet('{work}/{table}.parquet')")
            start = clocks()
            base.sql(query("rows")).to_arrow_table()
            return since(start), None
        start = clocks()
        base.execute(f"COPY ({query(f'read_{kind}({str(source)!r})')}) TO '{out}' (FORMAT {kind})")
        return since(start), None
    import polars as pl

    if kind == "arrow":
        frame = pl.read_parquet(work / f"{table}.parquet")
        start = clocks()
        lazy(frame.lazy()).collect()
        return since(start), None
    scan, sink = {"csv": (pl.scan_csv, "sink_csv"), "parquet": (pl.scan_parquet, "sink_parquet")}[kind]
    start = clocks()
    getattr(lazy(scan(source)), sink)(out)
    return since(start), None


def timed(command):
    """Seconds with those of the processor, what it prints, and the most memory of a process in MB."""
    start = time.perf_counter()
    environment = dict(os.environ, RAYON_NUM_THREADS=THREADS)
    # What forks counts as the memory of what is forked, until that runs: so a small process forks.
    command = ["/usr/bin/time", "-f", "%U %S %M", *(str(c) for c in command)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    if done.returncode:
        sys.exit(f"{command} ended with {done.returncode}: {done.stderr.decode()}")
    seconds = time.perf_counter() - start
    *processor, memory = (float(x) for x in done.stderr.split()[-3:])
    return [seconds, sum(processor)], done.stdout, memory / 1024


def bench():
    """The newest build of `benches/tables.rs`, if there is one."""
    built = pathlib.Path(os.environ.get("TARGET", ROOT / "target")).glob("release/deps/tables-*")
    return max((p for p in built if not p.suffix), key=lambda p: p.stat().st_mtime, default=None)


def ours(task, work):
    table, kind = task.split(":")
    file, source, out = work / f"{table}.assess", work / f"{table}.{kind}", work / f"assess.{kind}"
    if kind == "arrow" and bench():
        seconds, printed, memory = timed([bench(), file, source, "9973"])
        found = json.loads(printed)
        return [found["seconds"], seconds[1]], found["verdicts"], memory
    assess = os.environ.get("ASSESS", ROOT / "target/release/assess")
    seconds, _, memory = timed([assess, "batch", file, "--table", source, "-o", out])
    if kind != "arrow":
        return seconds, None, memory
    # Without that build, all of a run from file to file is counted for what others do in memory.
    import pyarrow.feather

    return seconds, every(pyarrow.feather.read_table(out)), memory


def every(read):
    """Every so manieth row's probabilities, by horizon and outcome."""
    columns = [[read.column(f"{o} in {h}") for o in OUTCOMES] for h in HORIZONS]
    rows = range(0, len(read), 9973)
    return [[[c[r].as_py() for c in at] for at in columns] for r in rows]


def package():
    """Our own package for Python, where it is installed: the same engine behind another door."""
    return [IN_PYTHON] if importlib.util.find_spec("assess") else []


def theirs(tool, task, work):
    _, printed, memory = timed([sys.executable, __file__, "peer", tool, task, work])
    seconds, verdicts = json.loads(printed)
    return seconds, verdicts, memory


def agree(work, kind):
    """Whether a peer's table is ours, to 1e-9."""
    import polars as pl

    read = {"csv": pl.read_csv, "parquet": pl.read_parquet}[kind]
    mine = read(work / f"assess.{kind}").drop("error")
    for tool in ("duckdb", "polars"):
        other = read(work / f"{tool}.{kind}").select(mine.columns)
        for name, dtype in mine.schema.items():
            if dtype == pl.Float64:
                assert (mine[name] - other[name]).abs().max() < 1e-9, (tool, kind, name)
            elif name != "id":
                # A tie, or the edge of a word, but for the last digit.
                different = (mine[name] != other[name]).sum()
                assert different <= len(mine) * 1e-3, (tool, kind, name, different)


def main():
    work = pathlib.Path(sys.argv[1]).absolute()
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    work.mkdir(parents=True, exist_ok=True)
    for events in (0, EVENTS):
        make(work, rows, events)
    tasks = {
        "factors:arrow": ("in memory", [*package(), "numpy", "numpy, tuned", "polars", "duckdb"], 3),
        "factors:csv": ("CSV to CSV", ["polars", "duckdb"], 2),
        "factors:parquet": ("Parquet to Parquet", ["polars", "duckdb"], 2),
        f"events{EVENTS}:arrow": ("in memory, four events, a third of them null", [*package(), "numpy", "numpy, tuned"], 20),
    }
    print(f"{rows:,} rows, {FACTORS} factors, two threads; medians of {rounds} rounds\n")
    print("| | tool | seconds | against ours | processor | against ours | memory, MB | aim |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for task, (title, tools, aim) in tasks.items():
        runs = {tool: [] for tool in ["assess", *tools]}
        for _ in range(rounds):
            for tool, of in runs.items():
                of.append(ours(task, work) if tool == "assess" else theirs(tool, task, work))
        wanted = runs["assess"][0][1]
        mine = [statistics.median(r[0][clock] for r in runs["assess"]) for clock in (0, 1)]
        for tool, of in runs.items():
            if wanted and of[0][1]:
                pairs = zip(flat(wanted), flat(of[0][1]), strict=True)
                assert max(abs(a - b) for a, b in pairs) < 1e-9, (tool, task)
            memory = max(r[2] for r in of)
            times = [statistics.median(r[0][clock] for r in of) for clock in (0, 1)]
            each = " | ".join(f"{t:.3f} | {t / m:.1f}" for t, m in zip(times, mine, strict=True))
            print(f"| {title} | {tool} | {each} | {memory:,.0f} | {aim if not tool.startswith('assess') else ''} |", flush=True)
            title = ""
        if task.endswith((":csv", ":parquet")):
            agree(work, task.split(":")[1])


def flat(value):
    return [x for v in value for x in flat(v)] if isinstance(value, list) else [value]


if __name__ == "__main__":
    if sys.argv[1] == "peer":
        print(json.dumps(peer(sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4]))))
    else:
        main()
