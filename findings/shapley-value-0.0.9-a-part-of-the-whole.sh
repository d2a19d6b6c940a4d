#!/usr/bin/env bash
# shapley-value 0.0.9 has an exact calculator whose values do not add up to what there is to share, and are less the
# more players there are: where each of 10, 20 and 30 brings in its own number, they get 4.44, 8.89 and 13.33. With two
# players it is three quarters of the right value, with four five twelfths, and a single player gets 0. Large
# coalitions count more than small ones, so that the parts are not in proportion either: one who is due 72% gets 62% of
# what is given out.
#
# Expected: what its three other calculators give for the same game, and an exact value, as its documentation has it.
# The weight of a coalition is (s - 1)! (n - s)! / n!, which the others document and use; this one has
# s / (n * n * (n - 1)).
#
# For us: whether the parts make the whole is the first thing to check in a peer's Shapley values, before any of them is
# compared with ours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
# It needs pandas without saying so.
venv/bin/pip install --quiet --no-compile --disable-pip-version-check shapley-value==0.0.9 pandas==2.3.3

cat >probe.py <<'PYTHON'
from itertools import chain, combinations

from shapley_value import MonteCarloShapleyValue, ShapleyCombinations, ShapleyValue, ShapleyValueCalculator


def show(title, players, value):
    coalitions = chain.from_iterable(combinations(players, size) for size in range(len(players) + 1))
    table = {coalition: value(coalition) for coalition in coalitions}
    found = {
        "exact, by function": ShapleyValueCalculator(value, players).calculate_shapley_values(),
        "exact, by table": ShapleyCombinations(players).calculate_shapley_values(table),
        "alternative": ShapleyValue(players, table).calculate_shapley_values(),
        "drawn": MonteCarloShapleyValue(value, players, 4000, random_seed=1).calculate_shapley_values(),
    }
    for name, values in found.items():
        # Whole numbers where they are drawn.
        digits = 0 if name == "drawn" else 2
        print(f"{title}, {name}: {', '.join(f'{values[p]:.{digits}f}' for p in players)} of {value(players)}")


show("two", [10, 20], sum)
show("three", [10, 20, 30], sum)
show("four", [10, 20, 30, 40], sum)
show("one", [10], sum)
# One is worth 12 alone, and the two others are worth 10 together.
show("one or two", ["a", "b", "c"], lambda who: max(12 * ("a" in who), 10 * ("b" in who and "c" in who)))
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
two, exact, by function: 7.50, 15.00 of 30
two, exact, by table: 10.00, 20.00 of 30
two, alternative: 10.00, 20.00 of 30
two, drawn: 10, 20 of 30
three, exact, by function: 4.44, 8.89, 13.33 of 60
three, exact, by table: 10.00, 20.00, 30.00 of 60
three, alternative: 10.00, 20.00, 30.00 of 60
three, drawn: 10, 20, 30 of 60
four, exact, by function: 4.17, 8.33, 12.50, 16.67 of 100
four, exact, by table: 10.00, 20.00, 30.00, 40.00 of 100
four, alternative: 10.00, 20.00, 30.00, 40.00 of 100
four, drawn: 10, 20, 30, 40 of 100
Error processing coalition (10,): division by zero
one, exact, by function: 0.00 of 10
one, exact, by table: 10.00 of 10
one, alternative: 10.00 of 10
one, drawn: 10 of 10
one or two, exact, by function: 3.67, 1.11, 1.11 of 12
one or two, exact, by table: 8.67, 1.67, 1.67 of 12
one or two, alternative: 8.67, 1.67, 1.67 of 12
one or two, drawn: 9, 2, 2 of 12
SEEN
