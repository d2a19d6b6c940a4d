#!/usr/bin/env bash
# squigglepy 0.30 makes 30% of 50%: `extremize(0.5, 1.73)`. Its function jumps there, from 30% at one half to
# 70% just above, and it does not undo itself: an exponent below 1, which should draw towards 50%, makes 71%
# of 50% and 29% of 50.1%.
#
# Expected: 50% stays 50%, and what is close to it stays close. So it is where log odds are multiplied, and where the
# distance from one half is. The paper that the function's own example names for the factor 1.73 (Neyman and Roughgarden
# 2021) moves a mean away from the prior, and not at all where the two are equal. squigglepy raises the smaller side to
# the power: 70% becomes 88%, where log odds make it 81%.
#
# For us: pools that are extremised multiply log odds, and say so; a number from squigglepy is no reference.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check squigglepy==0.30

cat >probe.py <<'PYTHON'
import squigglepy


def by_odds(p, factor):
    odds = (p / (1 - p)) ** factor
    return odds / (1 + odds)


for factor in (1.73, 0.5):
    for p in (0.3, 0.499, 0.5, 0.501, 0.7):
        print(f"{p} by {factor}: squigglepy {squigglepy.extremize(p, factor):.3f}, log odds {by_odds(p, factor):.3f}")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
0.3 by 1.73: squigglepy 0.125, log odds 0.188
0.499 by 1.73: squigglepy 0.300, log odds 0.498
0.5 by 1.73: squigglepy 0.301, log odds 0.500
0.501 by 1.73: squigglepy 0.700, log odds 0.502
0.7 by 1.73: squigglepy 0.875, log odds 0.812
0.3 by 0.5: squigglepy 0.548, log odds 0.396
0.499 by 0.5: squigglepy 0.706, log odds 0.499
0.5 by 0.5: squigglepy 0.707, log odds 0.500
0.501 by 0.5: squigglepy 0.294, log odds 0.501
0.7 by 0.5: squigglepy 0.452, log odds 0.604
SEEN
