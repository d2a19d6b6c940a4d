#!/usr/bin/env bash
# pgmpy 1.1.2 reads one UAI file as two different networks, by the seed of Python's hashes, which is drawn anew for each
# process: where a node has two parents, their places in its table are those of a set of names. So the chances that come
# of the same file, which pgmpy wrote itself, change from run to run, and about every second time two of them are
# exchanged. BIF is read as it was written.
#
# Expected: the network that was saved, each time. pgmpy's documentation offers `uai` among five formats without a
# reservation, and the description of UAI has the numbers stand in the order of the scope that is listed in the file.
# `check_model()` finds nothing amiss where the parents have as many states as each other.
#
# For us: what a peer gives is no reference before it gave it in several processes, and UAI is no way to exchange
# networks. Our own order never comes of a hash.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check pgmpy==1.1.2

cat >common.py <<'PYTHON'
import itertools
import logging
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
from pgmpy.factors.discrete import TabularCPD
from pgmpy.inference import VariableElimination
from pgmpy.models import DiscreteBayesianNetwork


def chances(network, deal, talks, truce, states):
    engine = VariableElimination(network)
    given = [{talks: x, truce: y} for x, y in itertools.product(states, states)]
    found = [engine.query([deal], evidence=g, show_progress=False).values[1] for g in given]
    return [round(float(x), 3) for x in found]
PYTHON
cat >save.py <<'PYTHON'
from common import *

CHANCES = [0.1, 0.2, 0.3, 0.4]
network = DiscreteBayesianNetwork([("talks", "deal"), ("truce", "deal")])
network.add_cpds(
    TabularCPD("talks", 2, [[0.5], [0.5]]),
    TabularCPD("truce", 2, [[0.5], [0.5]]),
    TabularCPD("deal", 2, [[1 - x for x in CHANCES], CHANCES], ["talks", "truce"], [2, 2]),
)
network.check_model()
network.save("network.uai", filetype="uai")
network.save("network.bif", filetype="bif")
print("chance of a deal without either, with a truce, with talks, with both")
print("saved   ", chances(network, "deal", "talks", "truce", [0, 1]))
PYTHON
cat >load.py <<'PYTHON'
from common import *

named = DiscreteBayesianNetwork.load("network.bif", filetype="bif")
print("from BIF", chances(named, "deal", "talks", "truce", ["0", "1"]))
# UAI has no names: the nodes are numbered in the order of the alphabet.
numbered = DiscreteBayesianNetwork.load("network.uai", filetype="uai")
numbered.check_model()
print("from UAI", chances(numbered, "var_0", "var_1", "var_2", [0, 1]))
PYTHON

venv/bin/python save.py >seen 2>errors || { cat errors >&2; exit 1; }
# Which seed gives which network differs between versions of Python, so seeds are tried until both were seen.
for seed in 1 2 3 4 5 6 7 8 9 10; do
  PYTHONHASHSEED=$seed venv/bin/python load.py >>loaded 2>errors || { cat errors >&2; exit 1; }
  [ "$(sort -u loaded | wc -l)" -lt 3 ] || break
done
sort -u loaded >>seen
cat seen
diff seen - <<'SEEN'
chance of a deal without either, with a truce, with talks, with both
saved    [0.1, 0.2, 0.3, 0.4]
from BIF [0.1, 0.2, 0.3, 0.4]
from UAI [0.1, 0.2, 0.3, 0.4]
from UAI [0.1, 0.3, 0.2, 0.4]
SEEN
