#!/usr/bin/env bash
# truncated_triangle_distribution_mean 0.1.2 gives the lowest value for the mean, where a distribution that is described
# in SciPy's way is not cut off at the top: the upper bound that is left off becomes the lower end. A triangle from 100
# to 150 with its peak at 110 has a mean of 100. Cut off below alone, it is refused, since the lower bound is above the
# upper one that nobody gave.
#
# Expected: 120, the mean of the whole distribution, or that of what remains, as SciPy computes both. `from_scipy` has
# both bounds as optional, and a lower bound that is left off becomes the lower end, which is right. With both bounds
# given, or the upper one, the mean agrees with SciPy's.
#
# For us: what may be left off is tried without it, each part alone and all of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  truncated_triangle_distribution_mean==0.1.2 numpy==2.4.6 scipy==1.17.1

cat >probe.py <<'PYTHON'
import scipy.stats
from truncated_triangle_distribution_mean import TruncatedTriangleDistribution

for title, bounds in (
    ("whole", {}),
    ("from 120", {"lower_truncation": 120}),
    ("to 140", {"upper_truncation": 140}),
    ("from 100 to 150", {"lower_truncation": 100, "upper_truncation": 150}),
    ("from 120 to 140", {"lower_truncation": 120, "upper_truncation": 140}),
):
    right = scipy.stats.triang(0.2, 100, 50).expect(
        lb=bounds.get("lower_truncation"), ub=bounds.get("upper_truncation"), conditional=True
    )
    try:
        found = f"{TruncatedTriangleDistribution.from_scipy(0.2, 100, 50, **bounds).mean:.3f}"
    except ValueError as error:
        found = str(error)
    print(f"{title}: {found}; SciPy {right:.3f}")
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
whole: 100.000; SciPy 120.000
from 120: "lower_truncation" value of distribution is larger than the "upper_truncation" value.; SciPy 130.000
to 140: 118.772; SciPy 118.772
from 100 to 150: 120.000; SciPy 120.000
from 120 to 140: 128.333; SciPy 128.333
SEEN
