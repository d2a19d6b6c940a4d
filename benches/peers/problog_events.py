"""A clause for each state and an annotated disjunction over the outcomes; once for each horizon."""

import itertools
import math

from peer import run
from problog import get_evaluatable
from problog.program import PrologString

OUTCOMES = ["exit", "fade", "stay"]


def program(model, horizon):
    count = len(model["weights"])
    lines = [f"{row[horizon]!r}::e{i}." for i, row in enumerate(model["chances"])]
    for state in itertools.product([0, 1], repeat=count):
        w = [
            p * math.exp(sum(push[o] for push, on in zip(model["weights"], state) if on))
            for o, p in enumerate(model["prior"])
        ]
        heads = "; ".join(f"{x / sum(w)!r}::{o}" for o, x in zip(OUTCOMES, w))
        body = ", ".join(f"e{i}" if on else f"\\+e{i}" for i, on in enumerate(state))
        lines.append(f"{heads} :- {body}.")
    lines += [f"query({o})." for o in OUTCOMES]
    return "\n".join(lines)


def solve(model):
    verdict = []
    for horizon in range(3):
        found = get_evaluatable().create_from(PrologString(program(model, horizon))).evaluate()
        by_name = {str(term): value for term, value in found.items()}
        verdict.append([by_name[o] for o in OUTCOMES])
    return verdict


run(solve)
