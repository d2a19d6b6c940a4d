"""Random tables pooled by NumPy, for `src/infer/pool.rs`. Run once: `python3 tests/data/pools.py > tests/data/pools.txt`.

Each block: `pool VOICES HORIZONS OUTCOMES FINALS METHOD EXTREMISE`, the weights, the table of each voice by horizon, then
the pooled table. The first FINALS outcomes are final.
"""

import numpy as np

rng = np.random.default_rng(16)


def table(horizons, outcomes, finals):
    rows = []
    ended = np.zeros(finals)
    for _ in range(horizons):
        ended = ended + (1 - ended.sum()) * rng.dirichlet(np.ones(finals + 1))[:finals] * rng.random()
        rest = rng.dirichlet(np.ones(outcomes - finals)) * (1 - ended.sum())
        rows.append(np.concatenate([ended, rest]))
    return np.array(rows)


def pool(tables, weights, finals, method, x):
    w = weights / weights.sum()
    if method == "log":
        raw = np.exp(x * np.einsum("v,vho->ho", w, np.log(tables)))
    else:
        raw = np.einsum("v,vho->ho", w, tables) ** x
    raw = raw / raw.sum(axis=1, keepdims=True)
    out = [raw[0]]
    for now in raw[1:]:
        low = np.concatenate([out[-1][:finals], np.zeros(len(now) - finals)])
        held = np.zeros(len(now), bool)
        while True:
            scale = (1 - low[held].sum()) / now[~held].sum() if held.any() else 1.0
            more = ~held & (now * scale < low)
            if not more.any():
                break
            held |= more
        out.append(np.where(held, low, now * scale))
    return np.array(out)


print("# Written by tests/data/pools.py")
for _ in range(1000):
    voices, horizons = rng.integers(2, 6), rng.integers(1, 6)
    outcomes = rng.integers(2, 7)
    finals = rng.integers(0, outcomes)
    method = rng.choice(["log", "linear"])
    x = float(rng.choice([1.0, 1.0, 0.5, 1.5, 2.5, rng.uniform(0.3, 3)]))
    kinds = [np.ones(voices), rng.integers(1, 5, voices).astype(float), rng.uniform(0.1, 3, voices)]
    weights = kinds[rng.integers(3)]
    tables = np.array([table(horizons, outcomes, finals) for _ in range(voices)])
    print(f"\npool {voices} {horizons} {outcomes} {finals} {method} {x!r}")
    print(*[repr(float(v)) for v in weights])
    for rows in [*tables, pool(tables, weights, finals, method, x)]:
        for row in rows:
            print(*[repr(float(v)) for v in row])
