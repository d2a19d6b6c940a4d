#!/usr/bin/env bash
# pycrq 1.1.0 ignores the most likely value of a PERT estimate of small chances. For 1, 2 and 10 in a hundred thousand
# it takes the symmetric distribution between the bounds, with a mean of 5.5 in a hundred thousand, where 1, 2 and 10
# in a thousand have one of 3.2; and where the bounds are closer than one in a hundred million, the low one alone.
#
# Expected: the same distribution in another unit. Whether the mode is in the middle is decided by a fixed tolerance
# of 1e-8, without regard to how far the bounds are apart; its documentation recommends the PERT for estimates of
# experts and has chances and yearly rates among its inputs, and names no least one.
#
# For us: no test of closeness without a scale, and rare chances in each test of a distribution.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check pycrq==1.1.0 numpy==2.4.6 scipy==1.17.1

cat >probe.py <<'PYTHON'
from pycrq import pert

for unit in (1, 1e-3, 1e-4, 1e-5, 1e-9):
    made = pert(1 * unit, 2 * unit, 10 * unit)
    print(
        f"1, 2 and 10 times {unit:g}: mean {made.mean() / unit:.2f}, by the formula {(1 + 4 * 2 + 10) / 6:.2f}, "
        f"deviation {made.std() / unit:.2f}, 90% below {made.percentile(90) / unit:.2f}"
    )
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
1, 2 and 10 times 1: mean 3.17, by the formula 3.17, deviation 1.45, 90% below 5.25
1, 2 and 10 times 0.001: mean 3.17, by the formula 3.17, deviation 1.45, 90% below 5.25
1, 2 and 10 times 0.0001: mean 3.17, by the formula 3.17, deviation 1.45, 90% below 5.25
1, 2 and 10 times 1e-05: mean 5.50, by the formula 3.17, deviation 1.70, 90% below 7.78
1, 2 and 10 times 1e-09: mean 1.00, by the formula 3.17, deviation 0.00, 90% below 1.00
SEEN
