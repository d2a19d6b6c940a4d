#!/usr/bin/env bash
# pyshapley 0.1.0 has a council with permanent members whose shares of power are right for the Security Council of
# today, 15 members, 5 permanent, 9 votes, and for no other here. For the one before 1966, of 11 members and 7 votes,
# the other members come out stronger than the permanent ones; in a council of 5 with 2 permanent and 4 votes each of
# the others has a share of 1.2, and each permanent member one of -5.5.
#
# Expected: shares that make 1, which go by the members, the permanent ones and the votes that `GeneralCouncilGame`
# takes. Its formula has the factorial of the votes where that of the other members less one is due, and ten other
# members; for the council of today the two mistakes do not show. The package's documentation names no such limit, and
# its own sum over all orders is right for the same game.
#
# For us: a formula that replaces a sum over all orders is compared with the sum, in more than the known example.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check pyshapley==0.1.0 numpy==1.26.4

cat >probe.py <<'PYTHON'
from itertools import combinations
from math import factorial

from pyshapley.game import GeneralCouncilGame
from pyshapley.solution import Shapley


def by_coalitions(game, players, player):
    others = [other for other in range(players) if other != player]
    return sum(
        factorial(size) * factorial(players - size - 1) / factorial(players)
        for size in range(players)
        for coalition in combinations(others, size)
        if game.payoff({*coalition, player}) > game.payoff(set(coalition))
    )


for members, permanent, votes in ((15, 5, 9), (11, 5, 7), (7, 2, 5), (5, 1, 3), (5, 2, 4)):
    game = GeneralCouncilGame(list(range(members)), permanent, votes)
    found = [game.shapley(0), game.shapley(members - 1)]
    right = [by_coalitions(game, members, 0), by_coalitions(game, members, members - 1)]
    if members < 8:
        assert all(abs(a - b) < 1e-9 for a, b in zip(right, (Shapley(game).shapley(i) for i in (0, members - 1))))
    print(
        f"{members} members, {permanent} permanent, {votes} votes: "
        f"permanent {found[0]:.4f}, other {found[1]:.4f}, in all {permanent * found[0] + (members - permanent) * found[1]:.4f}; "
        f"right {right[0]:.4f}, {right[1]:.4f}, {permanent * right[0] + (members - permanent) * right[1]:.4f}"
    )
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
15 members, 5 permanent, 9 votes: permanent 0.1963, other 0.0019, in all 1.0000; right 0.1963, 0.0019, 1.0000
11 members, 5 permanent, 7 votes: permanent 0.0182, other 0.0909, in all 0.6364; right 0.1974, 0.0022, 1.0000
7 members, 2 permanent, 5 votes: permanent -0.9286, other 0.2857, in all -0.4286; right 0.3571, 0.0571, 1.0000
5 members, 1 permanent, 3 votes: permanent 0.0000, other 0.1000, in all 0.4000; right 0.6000, 0.1000, 1.0000
5 members, 2 permanent, 4 votes: permanent -5.5000, other 1.2000, in all -7.4000; right 0.3500, 0.1000, 1.0000
SEEN
