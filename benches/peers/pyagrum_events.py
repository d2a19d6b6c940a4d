"""A Bayesian network with a node for the outcome; lazy propagation, once for each horizon."""

import numpy as np
import pyagrum as gum
from peer import run


def solve(model):
    events = [f"e{i}" for i in range(len(model["weights"]))]
    w = np.log(model["prior"]).reshape(1, 3)
    for push in model["weights"]:
        w = np.concatenate([w, w + push])
    shares = np.exp(w)
    shares /= shares.sum(axis=1, keepdims=True)
    network = gum.BayesNet()
    outcome = network.add(gum.LabelizedVariable("outcome", "", 3))
    nodes = [network.add(gum.LabelizedVariable(e, "", 2)) for e in events]
    for node in nodes:
        network.addArc(node, outcome)
    network.cpt(outcome).fillWith(shares.ravel().tolist())
    verdict = []
    for chances in np.array(model["chances"]).T:
        for node, c in zip(nodes, chances):
            network.cpt(node).fillWith([1 - c, c])
        inference = gum.LazyPropagation(network)
        inference.setTargets({"outcome"})
        inference.makeInference()
        verdict.append(inference.posterior("outcome").tolist())
    return verdict


run(solve)
