"""All states as rows of a matrix of truth values: brute force as one writes it first."""

import numpy as np
from peer import run


def solve(model):
    weights = np.array(model["weights"])
    count = len(weights)
    states = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    shares = np.exp(np.log(model["prior"]) + states @ weights)
    shares /= shares.sum(axis=1, keepdims=True)
    verdict = []
    for chances in np.array(model["chances"]).T:
        mass = np.where(states, chances, 1 - chances).prod(axis=1)
        verdict.append((mass @ shares).tolist())
    return verdict


run(solve)
