"""All states at once, by doubling arrays: the quickest that plain NumPy does."""

import numpy as np
from peer import run


def solve(model):
    prior = np.log(model["prior"])
    pushes = np.array(model["weights"])
    w = prior.reshape(1, 3)
    for push in pushes:
        w = np.concatenate([w, w + push])
    shares = np.exp(w)
    shares /= shares.sum(axis=1, keepdims=True)
    verdict = []
    for chances in np.array(model["chances"]).T:
        mass = np.ones(1)
        for c in chances:
            mass = np.concatenate([mass * (1 - c), mass * c])
        verdict.append((mass @ shares).tolist())
    return verdict


run(solve)
