#!/usr/bin/env bash
# dtrees-analyzer 0.1.4 minimises only the next step: each later decision is still taken for the highest cost. To keep a
# machine that fails in half of the cases, and is then repaired for 40, costs 20 and is rightly chosen over a new one
# for 50. Once the repair is a choice between 40 and 200, it prefers the new one. So an option that nobody needs to take
# changes the decision, and the dearer it is, the more.
#
# Expected: the way with the lowest expected cost, with each later decision at its lowest too, as for the same costs as
# negative values. `get_optimal_path` takes `maximize=False` for "minimize expected value"; what a decision is worth is
# documented as the highest alone, without a word on the two together.
#
# For us: an option that is not taken must change nothing; a peer's tree is tried with such an option, and with costs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
# Without what it needs for its pictures alone.
venv/bin/pip install --quiet --no-compile --disable-pip-version-check --no-deps dtrees-analyzer==0.1.4

cat >probe.py <<'PYTHON'
from dtree import DecisionTree


def tree(rebuild, sign):
    made = DecisionTree()
    made.add_decision_node("now", "Replace or keep")
    made.add_terminal_node("replace", "Replace", sign * 50)
    made.add_chance_node("keep", "Keep")
    made.add_terminal_node("holds", "Holds", 0)
    made.add_decision_node("fails", "Fails")
    made.add_terminal_node("repair", "Repair", sign * 40)
    made.add_edge("now", "replace")
    made.add_edge("now", "keep")
    made.add_edge("keep", "holds", 0.5)
    made.add_edge("keep", "fails", 0.5)
    made.add_edge("fails", "repair")
    if rebuild:
        made.add_terminal_node("rebuild", "Rebuild", sign * rebuild)
        made.add_edge("fails", "rebuild")
    return made


for rebuild in (None, 200, 1000):
    found = []
    for sign, maximize in ((1, False), (-1, True)):
        made = tree(rebuild, sign)
        keep = made.calculate_expected_values()["keep"]["expected_value"]
        found.append(f"{made.get_optimal_path('now', maximize=maximize)[1]}, as keep is {keep:.0f}")
    title = f"repair or rebuild for {rebuild}" if rebuild else "repair alone"
    print(f"{title}: costs: {found[0]}; negative values: {found[1]}")
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
repair alone: costs: keep, as keep is 20; negative values: keep, as keep is -20
repair or rebuild for 200: costs: replace, as keep is 100; negative values: keep, as keep is -20
repair or rebuild for 1000: costs: replace, as keep is 500; negative values: keep, as keep is -20
SEEN
