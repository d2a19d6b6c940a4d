#!/usr/bin/env bash
# evidentialreasoning 1.0.4 gives another result for each order in which three or more sources are listed, and negative
# masses in four of the six orders here. The mass that a source leaves open is combined for the first two sources only;
# for each later one it is still that of the first. With weights of 90%, 50% and 30%, "good" has between 70% and 103%.
# So it is with its own example, where the rows in reverse give other numbers.
#
# Expected: one result, as the approach combines weighted sources by Dempster's rule, which knows no order; here
# py_dempster_shafer 0.7 does so. Its documentation describes no order either, and its example has four sources. With
# two sources the numbers are right.
#
# For us: a pool of sources must not go by their order; a peer's is tried with more than two of them, and in each order.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
# It needs numpy without saying so.
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  evidentialreasoning==1.0.4 py_dempster_shafer==0.7 numpy==1.26.4 scipy==1.15.3

cat >probe.py <<'PYTHON'
from itertools import permutations

import numpy
from evidentialreasoning.ER import ER_Aggregation
from pyds import MassFunction

# How far each source believes in good, in poor, and what it leaves open, which is computed anew.
SOURCES = numpy.array([[0.8, 0.2, 0], [0.6, 0.4, 0], [0.1, 0.9, 0]])
WEIGHTS = numpy.array([0.9, 0.5, 0.3])


def by_dempster(sources, weights):
    masses = [{"g": w * s[0], "p": w * s[1], "gp": 1 - w * (s[0] + s[1])} for s, w in zip(sources, weights)]
    combined = MassFunction(masses[0])
    for mass in masses[1:]:
        combined = combined.combine_conjunctive(MassFunction(mass))
    return [combined[name] for name in ("g", "p", "gp")]


def text(masses):
    # Adding 0 makes 0 of -0.
    return ", ".join(f"{round(float(mass), 3) + 0:.3f}" for mass in masses)


for order in (*permutations((0, 1)), *permutations((0, 1, 2))):
    order = list(order)
    sources, weights = SOURCES[order], WEIGHTS[order]
    print(f"{order}: {text(ER_Aggregation(sources, weights))}; Dempster {text(by_dempster(sources, weights))}")

example = numpy.array(
    [[0, 0, 0.2, 0.2, 0.6, 0], [0, 0, 0.2, 0.4, 0.4, 0], [0, 0, 0.2, 0.8, 0, 0], [0, 0, 0.4, 0.2, 0.4, 0]]
)
print("its example:", text(ER_Aggregation(example, numpy.full(4, 0.25))))
print("in reverse: ", text(ER_Aggregation(example[::-1], numpy.full(4, 0.25))))
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
[0, 1]: 0.756, 0.182, 0.062; Dempster 0.756, 0.182, 0.062
[1, 0]: 0.756, 0.182, 0.062; Dempster 0.756, 0.182, 0.062
[0, 1, 2]: 0.702, 0.258, 0.041; Dempster 0.700, 0.245, 0.055
[0, 2, 1]: 0.705, 0.248, 0.047; Dempster 0.700, 0.245, 0.055
[1, 0, 2]: 0.717, 0.394, -0.111; Dempster 0.700, 0.245, 0.055
[1, 2, 0]: 0.821, 0.275, -0.096; Dempster 0.700, 0.245, 0.055
[2, 0, 1]: 0.932, 0.399, -0.331; Dempster 0.700, 0.245, 0.055
[2, 1, 0]: 1.028, 0.327, -0.355; Dempster 0.700, 0.245, 0.055
its example: 0.000, 0.000, 0.188, 0.297, 0.245, 0.270
in reverse:  0.000, 0.000, 0.171, 0.281, 0.277, 0.271
SEEN
