"""100,000 draws of every weight, and percentiles of the shares."""

import numpy as np
from peer import run

DRAWS = 100_000


def solve(model):
    draws = np.random.default_rng(1).standard_normal((DRAWS, len(model["medians"])))
    draws = draws * model["spreads"] + model["medians"]
    w = np.tile(np.log(model["prior"]), (DRAWS, 1))
    outcomes = np.array(model["outcomes"])
    for o in range(3):
        w[:, o] += draws[:, outcomes == o].sum(axis=1)
    shares = np.exp(w)
    shares /= shares.sum(axis=1, keepdims=True)
    return np.percentile(shares, [5, 95], axis=0).T.tolist()


run(solve)
