#!/usr/bin/env python3
"""`assess.batch` on tables in memory: 12 true/false columns and none, three outcomes, three horizons.

    python benches/python/rows.py [--rows 1000000]

Beside it NumPy on the same closed form, which must give the same numbers to 1e-9. Medians of five, in turn.
"""

import argparse
import math
import statistics
import time

import assess
import numpy
import pyarrow

FACTORS = 12
PRIOR = {"exit": 0.06, "fade": 0.40, "stay": 0.54}
HORIZONS = ["h1", "h2", "h3"]


def weight(factor: int, outcome: int) -> float:
    """In decibans: each factor pushes two of three outcomes."""
    return 0.0 if outcome == factor % 3 else (1.5 + 0.25 * factor) * (1 if outcome == (factor + 1) % 3 else -1)


def text() -> str:
    lines = ['assessment "Rows" { as of: 2025-03-01 }', *(f"outcome {name}" for name in PRIOR)]
    lines[1:1] = [f"horizon {h}: until 202{6 + i}-03-01" for i, h in enumerate(HORIZONS)]
    lines.append("prior { " + ", ".join(f"{n}: {p * 100:g}%" for n, p in PRIOR.items()) + " }")
    for f in range(FACTORS):
        sides = ((name, weight(f, o)) for o, name in enumerate(PRIOR))
        pushes = [f"weight {'for' if w > 0 else 'against'} {name}: {abs(w):g} dB" for name, w in sides if w]
        lines.append(f"factor f{f} {{ {', '.join(pushes)} }}")
    return "\n".join(lines)


def closed(columns: "list[numpy.ndarray]") -> "list[numpy.ndarray]":
    logs = [numpy.full(len(columns[0]), math.log(p)) for p in PRIOR.values()]
    for f, column in enumerate(columns):
        for o in range(3):
            if weight(f, o):
                logs[o] += numpy.where(column, weight(f, o) * math.log(10) / 10, 0.0)
    top = numpy.maximum.reduce(logs)
    shares = [numpy.exp(log - top) for log in logs]
    total = shares[0] + shares[1] + shares[2]
    # The same at each horizon: nothing in this file moves with time.
    out = [share / total for _ in HORIZONS for share in shares]
    for _ in HORIZONS:
        three = numpy.sort(numpy.stack([share / total for share in shares]), axis=0)
        out += [numpy.argmax(numpy.stack(shares), axis=0), three[2] - three[1]]
    return out


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=1_000_000)
    rows = arguments.parse_args().rows
    rng = numpy.random.default_rng(1)
    columns = [rng.random(rows) < 0.5 for _ in range(FACTORS)]
    table = pyarrow.table({f"f{f}": column for f, column in enumerate(columns)})
    model = assess.loads(text())
    took: "dict[str, list[float]]" = {"assess": [], "NumPy": []}
    for _ in range(5):
        begin = time.perf_counter()
        found = model.batch(table)
        took["assess"].append(time.perf_counter() - begin)
        begin = time.perf_counter()
        theirs = closed(columns)
        took["NumPy"].append(time.perf_counter() - begin)
    own = pyarrow.table(found)
    names = [f"{name} in {h}" for h in HORIZONS for name in PRIOR]
    worst = max(float(numpy.max(numpy.abs(own[n].to_numpy() - t))) for n, t in zip(names, theirs))
    assert worst < 1e-9, worst
    for name, times in took.items():
        print(f"{name}: {statistics.median(times) * 1000:.0f} ms for {rows:,} rows")


if __name__ == "__main__":
    main()
