#!/usr/bin/env bash
# mcerp 1.1.1 forgets how sure a PERT estimate is where its peak is in the middle: `PERT(0, 5, 10, g)` is the same
# distribution for every g. A peak of 5.001 obeys g again, so that the spread jumps by a factor of more than two
# between the two.
#
# Expected: a g that controls the uncertainty around the peak, as its documentation has it (smaller is flatter, larger
# is more focused), for each peak between the bounds. A symmetric estimate is the usual case in elicitation; g = 4,
# the default, hides it, since there the fixed shape is the right one.
#
# For us: a distribution in our language is continuous in what it is given, and a peer's at the very middle is not
# enough of a check.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check mcerp==1.1.1

cat >probe.py <<'PYTHON'
import math

import mcerp

# The standard deviation of the distribution itself, not of its draws.
for g in (0.5, 4, 50):
    right = math.sqrt((1 + g / 2) ** 2 / ((2 + g) ** 2 * (3 + g))) * 10
    found = [mcerp.PERT(0, peak, 10, g).rv.std() for peak in (4.999, 5, 5.001)]
    print(f"g = {g}: {', '.join(f'{x:.2f}' for x in found)} for a peak at 4.999, 5, 5.001; at 5 it is {right:.2f}")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
g = 0.5: 2.67, 1.89, 2.67 for a peak at 4.999, 5, 5.001; at 5 it is 2.67
g = 4: 1.89, 1.89, 1.89 for a peak at 4.999, 5, 5.001; at 5 it is 1.89
g = 50: 0.69, 1.89, 0.69 for a peak at 4.999, 5, 5.001; at 5 it is 0.69
SEEN
