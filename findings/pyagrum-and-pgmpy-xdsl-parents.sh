#!/usr/bin/env bash
# pyAgrum 3.3.1 and pgmpy 1.1.2 read each other's XDSL files without a complaint, and give different chances: two parents
# of a node change places. In the table of a node pyAgrum lets the first parent change fastest, pgmpy the last. The same
# network goes both ways in BIF.
#
# Expected: the same network, as both offer XDSL beside BIF without a reservation. The manual of SMILE, whose format it
# is, has the first parent as the most significant coordinate, so that it changes slowest, as with pgmpy. Each package
# reads back what it wrote itself, and checks of the model find nothing, so that a test with one of them sees nothing.
#
# For us: networks of other tools are compared by their chances, not by whether a file can be read, and go from one to
# the other in BIF (benches/peers/README.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check pyagrum==3.3.1 pgmpy==1.1.2

cat >probe.py <<'PYTHON'
import itertools
import logging
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
import pyagrum
from pgmpy.factors.discrete import TabularCPD
from pgmpy.inference import VariableElimination
from pgmpy.models import DiscreteBayesianNetwork

STATES = list(itertools.product(["no", "yes"], ["no", "yes"]))
CHANCES = [0.1, 0.2, 0.3, 0.4]
NAMES = {name: ["no", "yes"] for name in ("talks", "truce", "deal")}


def of_pyagrum(network):
    found = []
    for talks, truce in STATES:
        engine = pyagrum.LazyPropagation(network)
        engine.setEvidence({"talks": talks, "truce": truce})
        engine.makeInference()
        found.append(round(engine.posterior("deal").tolist()[1], 3))
    return found


def of_pgmpy(network):
    engine = VariableElimination(network)
    found = []
    for talks, truce in STATES:
        given = {"talks": talks, "truce": truce}
        found.append(round(float(engine.query(["deal"], evidence=given, show_progress=False).values[1]), 3))
    return found


agrum = pyagrum.fastBN("talks{no|yes}->deal{no|yes}<-truce{no|yes}")
for name in ("talks", "truce"):
    agrum.cpt(name).fillWith([0.5, 0.5])
for (talks, truce), chance in zip(STATES, CHANCES):
    agrum.cpt("deal")[{"talks": talks, "truce": truce}] = [1 - chance, chance]

pgm = DiscreteBayesianNetwork([("talks", "deal"), ("truce", "deal")])
pgm.add_cpds(
    *(TabularCPD(name, 2, [[0.5], [0.5]], state_names={name: NAMES[name]}) for name in ("talks", "truce")),
    TabularCPD("deal", 2, [[1 - c for c in CHANCES], CHANCES], ["talks", "truce"], [2, 2], state_names=NAMES),
)
pgm.check_model()

print("chance of a deal without either, with a truce, with talks, with both")
print("in pyAgrum             ", of_pyagrum(agrum))
print("in pgmpy               ", of_pgmpy(pgm))
for ending in ("bif", "xdsl"):
    pyagrum.saveBN(agrum, f"agrum.{ending}")
    pgm.save(f"pgmpy.{ending}", filetype=ending)
    print(f"{ending:4} pyAgrum to pyAgrum", of_pyagrum(pyagrum.loadBN(f"agrum.{ending}")))
    print(f"{ending:4} pyAgrum to pgmpy  ", of_pgmpy(DiscreteBayesianNetwork.load(f"agrum.{ending}", filetype=ending)))
    print(f"{ending:4} pgmpy to pyAgrum  ", of_pyagrum(pyagrum.loadBN(f"pgmpy.{ending}")))
    print(f"{ending:4} pgmpy to pgmpy    ", of_pgmpy(DiscreteBayesianNetwork.load(f"pgmpy.{ending}", filetype=ending)))
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
chance of a deal without either, with a truce, with talks, with both
in pyAgrum              [0.1, 0.2, 0.3, 0.4]
in pgmpy                [0.1, 0.2, 0.3, 0.4]
bif  pyAgrum to pyAgrum [0.1, 0.2, 0.3, 0.4]
bif  pyAgrum to pgmpy   [0.1, 0.2, 0.3, 0.4]
bif  pgmpy to pyAgrum   [0.1, 0.2, 0.3, 0.4]
bif  pgmpy to pgmpy     [0.1, 0.2, 0.3, 0.4]
xdsl pyAgrum to pyAgrum [0.1, 0.2, 0.3, 0.4]
xdsl pyAgrum to pgmpy   [0.1, 0.3, 0.2, 0.4]
xdsl pgmpy to pyAgrum   [0.1, 0.3, 0.2, 0.4]
xdsl pgmpy to pgmpy     [0.1, 0.2, 0.3, 0.4]
SEEN
