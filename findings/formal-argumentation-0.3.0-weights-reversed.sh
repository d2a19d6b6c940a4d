#!/usr/bin/env bash
# formal-argumentation 0.3.0 has equational strengths in which an argument without support counts the more, the less
# weight it was given: attacked by a certain argument, one of weight 0.2 has a strength of 0.8 and one of 0.8 has 0.2.
# Weight 0 gives strength 1, attacked or not; without an attack the weights do not count, until a supporter is added
# that is itself refuted, which takes strength away.
#
# Expected: a strength that grows with the weight, and is the weight where nothing attacks or supports, as the same
# graph has in DF-QuAD and in the quadratic energy model of this package. All three take the same graph with its
# initial weights in [0, 1], and the documentation of the equational one does not say that it reads them in another
# way: where there is no supporter, it adds what a complete support would add.
#
# For us: a factor with no weight has no say, and more weight never turns a verdict round; both are tests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check formal-argumentation==0.3.0

cat >probe.py <<'PYTHON'
from argumentation.gradual.dfquad import dfquad_strengths
from argumentation.gradual.equational import equational_fixpoint
from argumentation.gradual.gradual import WeightedBipolarGraph, quadratic_energy_strengths

METHODS = {"equational": equational_fixpoint, "DF-QuAD": dfquad_strengths, "quadratic": quadratic_energy_strengths}
for title, attacks, supports in (
    ("alone", (), ()),
    ("attacked", (("rival", "claim"),), ()),
    ("with a refuted supporter", (("rival", "friend"),), (("friend", "claim"),)),
):
    for weight in (0.0, 0.2, 0.8, 1.0):
        graph = WeightedBipolarGraph(
            arguments=frozenset({"claim", "rival", "friend"}),
            initial_weights={"claim": weight, "rival": 1.0, "friend": 1.0},
            attacks=frozenset(attacks),
            supports=frozenset(supports),
        )
        found = {}
        for name, method in METHODS.items():
            result = method(graph)
            assert result.converged
            found[name] = result.strengths["claim"]
        print(f"{title}, weight {weight}: " + ", ".join(f"{name} {x:.2f}" for name, x in found.items()))
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
alone, weight 0.0: equational 1.00, DF-QuAD 0.00, quadratic 0.00
alone, weight 0.2: equational 1.00, DF-QuAD 0.20, quadratic 0.20
alone, weight 0.8: equational 1.00, DF-QuAD 0.80, quadratic 0.80
alone, weight 1.0: equational 1.00, DF-QuAD 1.00, quadratic 1.00
attacked, weight 0.0: equational 1.00, DF-QuAD 0.00, quadratic 0.00
attacked, weight 0.2: equational 0.80, DF-QuAD 0.00, quadratic 0.10
attacked, weight 0.8: equational 0.20, DF-QuAD 0.00, quadratic 0.40
attacked, weight 1.0: equational 0.00, DF-QuAD 0.00, quadratic 0.50
with a refuted supporter, weight 0.0: equational 0.00, DF-QuAD 0.00, quadratic 0.20
with a refuted supporter, weight 0.2: equational 0.20, DF-QuAD 0.20, quadratic 0.36
with a refuted supporter, weight 0.8: equational 0.80, DF-QuAD 0.80, quadratic 0.84
with a refuted supporter, weight 1.0: equational 1.00, DF-QuAD 1.00, quadratic 1.00
SEEN
