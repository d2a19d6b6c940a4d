#!/usr/bin/env bash
# deampy 1.5.15 drops a decision that comes after a chance, and gives its chance to the branch next to it. A bid that
# is won in 90%, and then accepted for 100 or declined for -20, and lost in 10% for -1000, is worth -900 to it, as the
# loss gets the 90%; with the two branches in the other order it is worth -100. A branch whose name is mistyped goes
# the same way.
#
# Expected: -10, which is the best of the later decisions in 90% and -1000 in 10%, as decision trees are rolled back;
# or an error. A tree is made with a dictionary of decision nodes, and the sum of chances is checked, but before the
# branches are matched with them. Nothing is said; only `get_terminal_prob` would notice that the chances no longer
# make 1.
#
# For us: a name that is not found is an error, and chances stay with the outcomes that they were written for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
# Its decision trees need matplotlib alone.
venv/bin/pip install --quiet --no-compile --disable-pip-version-check matplotlib==3.10.0 numpy==2.4.6
venv/bin/pip install --quiet --no-compile --disable-pip-version-check --no-deps deampy==1.5.15

cat >probe.py <<'PYTHON'
from deampy.decision_tree import DecisionNode

DECISIONS = {"bid or not": [0, 0, ["bid", "stay"]], "won": [0, 0, ["accept", "decline"]]}
ENDS = {"stay": [0, 0], "accept": [0, 100], "decline": [0, -20], "lost": [0, -1000]}
for title, branches, chances in (
    ("later decision first", ["won", "lost"], [0.9, 0.1]),
    ("later decision last", ["lost", "won"], [0.1, 0.9]),
    ("already decided", ["accept", "lost"], [0.9, 0.1]),
    ("mistyped", ["acept", "lost"], [0.9, 0.1]),
):
    tree = DecisionNode("bid or not", DECISIONS, {"bid": [0, 0, branches, chances]}, ENDS)
    tree.evaluate()
    print(f"{title}: {tree.get_cost_utility()['bid'][1]:.0f}, by hand {0.9 * 100 - 0.1 * 1000:.0f}")
    try:
        print(f"{title}: chances {tree.get_terminal_prob()['bid']}")
    except AssertionError as error:
        print(f"{title}: {error}")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
later decision first: -900, by hand -10
later decision first: Sum of cumulative probabilities of terminal nodes should be 1. It is 0.9 for node bid.
later decision last: -100, by hand -10
later decision last: Sum of cumulative probabilities of terminal nodes should be 1. It is 0.1 for node bid.
already decided: -10, by hand -10
already decided: chances {'accept': 0.9, 'lost': 0.1}
mistyped: -900, by hand -10
mistyped: Sum of cumulative probabilities of terminal nodes should be 1. It is 0.9 for node bid.
SEEN
