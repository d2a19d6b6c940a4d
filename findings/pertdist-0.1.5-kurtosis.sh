#!/usr/bin/env bash
# pertdist 0.1.5 reports a kurtosis that is neither of the two in use. For a symmetric PERT estimate it has 0.67,
# where the excess is -0.67 and the plain fourth moment 2.33: tails that are lighter than the normal distribution's
# are reported as heavier. With another weight of the peak the number is off by a factor as well. Mean, variance and
# skewness are right.
#
# Expected: SciPy's, since its documentation presents an API modelled after scipy.stats, whose `stats` means the
# excess by kurtosis, for a `stats()` with mean, variance, skewness and kurtosis. Its own draws agree with SciPy, and
# betapert 0.1.5 does too.
#
# For us: a moment that a peer reports is compared with one of its draws first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  pertdist==0.1.5 betapert==0.1.5 numpy==2.4.6 scipy==1.17.1

cat >probe.py <<'PYTHON'
import betapert
import scipy.stats
from pert import PERT

for low, peak, high, weight in ((0, 5, 10, 4), (0, 5, 10, 2), (0, 5, 10, 20), (0, 2, 10, 4), (0, 0.1, 10, 4)):
    made = PERT(low, peak, high, weight)
    variance, skewness, kurtosis = scipy.stats.beta.stats(float(made.alpha), float(made.beta), moments="vsk")
    found = made.stats()
    drawn = scipy.stats.kurtosis(made.rvs(1_000_000, random_state=1))
    assert abs(found["var"] - variance * (high - low) ** 2) < 1e-9 and abs(found["skewness"] - skewness) < 1e-9
    print(
        f"PERT({low}, {peak}, {high}) with weight {weight}: pertdist {found['kurtosis']:.2f}, "
        f"its draws {drawn:.1f}, SciPy {kurtosis:.2f}, "
        f"betapert {betapert.mpert.stats(low, peak, high, weight, moments='k'):.2f}"
    )
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
PERT(0, 5, 10) with weight 4: pertdist 0.67, its draws -0.7, SciPy -0.67, betapert -0.67
PERT(0, 5, 10) with weight 2: pertdist 0.57, its draws -0.9, SciPy -0.86, betapert -0.86
PERT(0, 5, 10) with weight 20: pertdist 0.88, its draws -0.2, SciPy -0.24, betapert -0.24
PERT(0, 2, 10) with weight 4: pertdist 1.11, its draws -0.2, SciPy -0.22, betapert -0.22
PERT(0, 0.1, 10) with weight 4: pertdist 2.40, its draws 1.1, SciPy 1.07, betapert 1.07
SEEN
