#!/usr/bin/env bash
# metalog 0.2.2 draws from another distribution than the one that it fitted, where there is an upper bound. Between 1000
# and 1100, with a median of 1030, its draws have a median of 1330 and nearly all are above the upper bound; with
# an upper bound of 100 alone and a median of 30, the median of the draws is 100.
#
# Expected: draws that fit the quantiles. Its documentation has `r` draw from the fitted distribution, and `q` and `p`,
# for the same object, are right. The two differ in how they come back from the bounds, and a lower bound of 0, as in
# the documentation's example, hides it; so do no bounds and a lower bound alone.
#
# For us: a peer's draws are compared with its own quantiles first, for each kind of bounds and away from 0 and 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  metalog==0.2.2 matplotlib==3.10.0 numpy==1.26.4 pandas==2.3.3 scipy==1.15.3

cat >probe.py <<'PYTHON'
import warnings

warnings.simplefilter("ignore")
import numpy
from metalog import metalog

CHANCES = [0.1, 0.5, 0.9]
for boundedness, bounds, values in (
    ("u", [0, 1], [20.0, 30.0, 50.0]),
    ("sl", [10], [20.0, 30.0, 50.0]),
    ("b", [0, 100], [20.0, 30.0, 50.0]),
    ("b", [10, 100], [20.0, 30.0, 50.0]),
    ("b", [1000, 1100], [1020.0, 1030.0, 1050.0]),
    ("su", [100], [20.0, 30.0, 50.0]),
):
    fitted = metalog.fit(
        values, bounds=bounds, boundedness=boundedness, probs=CHANCES, term_limit=3, term_lower_bound=3
    )
    numpy.random.seed(1)
    drawn = metalog.r(fitted, n=200_000, term=3)
    above = numpy.mean(drawn > bounds[-1]) if boundedness in ("b", "su") else 0
    # Whole numbers, which do not depend on the draw.
    print(
        f"{boundedness} {'none' if boundedness == 'u' else bounds}: "
        f"quantiles {', '.join(f'{x:.0f}' for x in metalog.q(fitted, CHANCES, term=3))}, "
        f"of the draws {', '.join(f'{x:.0f}' for x in numpy.quantile(drawn, CHANCES))}, {above:.0%} above the bound"
    )
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
u none: quantiles 20, 30, 50, of the draws 20, 30, 50, 0% above the bound
sl [10]: quantiles 20, 30, 50, of the draws 20, 30, 50, 0% above the bound
b [0, 100]: quantiles 20, 30, 50, of the draws 20, 30, 50, 0% above the bound
b [10, 100]: quantiles 20, 30, 50, of the draws 21, 32, 54, 0% above the bound
b [1000, 1100]: quantiles 1020, 1030, 1050, of the draws 1220, 1330, 1550, 100% above the bound
su [100]: quantiles 20, 30, 50, of the draws 100, 100, 100, 0% above the bound
SEEN
