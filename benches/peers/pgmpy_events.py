"""A Bayesian network with a node for the outcome; variable elimination, once for each horizon."""

import logging

import numpy as np
from peer import run
from pgmpy.factors.discrete import TabularCPD
from pgmpy.inference import VariableElimination
from pgmpy.models import DiscreteBayesianNetwork

logging.disable(logging.WARNING)


def solve(model):
    events = [f"e{i}" for i in range(len(model["weights"]))]
    w = np.log(model["prior"]).reshape(1, 3)
    for push in np.array(model["weights"])[::-1]:
        w = np.concatenate([w, w + push])
    shares = np.exp(w)
    shares = (shares / shares.sum(axis=1, keepdims=True)).T
    outcome = TabularCPD("outcome", 3, shares, evidence=events, evidence_card=[2] * len(events))
    verdict = []
    for chances in np.array(model["chances"]).T:
        network = DiscreteBayesianNetwork([(e, "outcome") for e in events])
        network.add_cpds(outcome, *(TabularCPD(e, 2, [[1 - c], [c]]) for e, c in zip(events, chances)))
        found = VariableElimination(network).query(["outcome"], show_progress=False)
        verdict.append(found.values.tolist())
    return verdict


run(solve)
