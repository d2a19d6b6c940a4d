#!/usr/bin/env bash
# pgmpy 1.1.2 names a most likely state given evidence that cannot be. `map_query` answers with the first
# state, also where the prior holds another to be nine times as likely; `predict` does so for a row of a
# table. `query` gives NaN, with a warning of NumPy at most. pyAgrum 3.3.1 and ProbLog 2.3.0 refuse the
# same question.
#
# Expected: an error, as from these, since nothing is likely where all is impossible; pgmpy's documentation
# of `map_query` and `predict` mentions no such case.
#
# For us: what is asked given something that cannot happen has no number and no leader, and `assess test` says so of an
# `expect`; a peer's answer to it is no reference.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check pgmpy==1.1.2 pyagrum==3.3.1 problog==2.3.0

cat >probe.py <<'PYTHON'
import logging
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
import pandas
import pyagrum
from pgmpy.factors.discrete import TabularCPD
from pgmpy.inference import BeliefPropagation, VariableElimination
from pgmpy.models import DiscreteBayesianNetwork
from problog import get_evaluatable
from problog.program import PrologString

network = DiscreteBayesianNetwork([("strike", "delay")])
network.add_cpds(
    TabularCPD("strike", 2, [[0.1], [0.9]], state_names={"strike": ["no", "yes"]}),
    TabularCPD(
        "delay",
        3,
        [[0.7, 0.2], [0.3, 0.8], [0, 0]],
        ["strike"],
        [2],
        state_names={"delay": ["none", "days", "years"], "strike": ["no", "yes"]},
    ),
)
network.check_model()
print("pgmpy, nothing given:", VariableElimination(network).map_query(["strike"], show_progress=False))
never = {"delay": "years"}
for engine in (VariableElimination, BeliefPropagation):
    made = engine(network)
    print(f"pgmpy, {engine.__name__}:", made.map_query(["strike"], evidence=never, show_progress=False))
    print(f"pgmpy, {engine.__name__}:", made.query(["strike"], evidence=never, show_progress=False).values.tolist())
print("pgmpy, predict:", network.predict(pandas.DataFrame({"delay": ["years"]}))["strike"].tolist())

agrum = pyagrum.fastBN("strike{no|yes}->delay{none|days|years}")
agrum.cpt("strike").fillWith([0.1, 0.9])
agrum.cpt("delay").fillWith([0.7, 0.3, 0, 0.2, 0.8, 0])
engine = pyagrum.LazyPropagation(agrum)
engine.setEvidence(never)
try:
    engine.makeInference()
    print("pyAgrum:", engine.posterior("strike").tolist())
except pyagrum.IncompatibleEvidence as error:
    print("pyAgrum:", type(error).__name__)

program = "0.9::strike. 0.8::days :- strike. 0.0::years :- strike. evidence(years). query(strike)."
try:
    print("ProbLog:", get_evaluatable().create_from(PrologString(program)).evaluate())
except Exception as error:
    print("ProbLog:", type(error).__name__)
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
pgmpy, nothing given: {'strike': 'yes'}
pgmpy, VariableElimination: {'strike': 'no'}
pgmpy, VariableElimination: [nan, nan]
pgmpy, BeliefPropagation: {'strike': 'no'}
pgmpy, BeliefPropagation: [nan, nan]
pgmpy, predict: ['no']
pyAgrum: IncompatibleEvidence
ProbLog: InconsistentEvidenceError
SEEN
