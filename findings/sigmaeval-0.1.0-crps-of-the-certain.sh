#!/usr/bin/env bash
# sigmaeval 0.1.0 gives the best CRPS, 0, to whoever says one number with certainty, however wrong it is. Its
# `crps_quantile` sums only between the lowest and the highest quantile, so what lies between them and the outcome
# costs nothing: an outcome of 1,000,000 scores as one that is just above the highest quantile, and the narrower the
# forecast, the better.
#
# Expected: a proper scoring rule that generalizes the absolute error, with 0 for a perfect forecast, as its
# documentation has it. A forecast of 100 for what became 200 has a CRPS of 100; the mean of pinball losses, twice,
# which scoringrules 0.10.0 computes from the same quantiles, gives that.
#
# For us: a scoring rule is tested by a forecast that should lose; no score of quantiles ends at the last of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check sigmaeval==0.1.0 scoringrules==0.10.0

cat >probe.py <<'PYTHON'
import numpy
import scoringrules
from sigmaeval.sigmaeval import crps_quantile

LEVELS = numpy.array([0.05, 0.25, 0.5, 0.75, 0.95])
SPREAD = numpy.array([-40.0, -15, 0, 15, 40])
for name, width, outcome in (
    ("certain of 100", 0, 100.0),
    ("certain of 100", 0, 200.0),
    ("certain of 100", 0, 1e6),
    ("60 to 140", 1, 100.0),
    ("60 to 140", 1, 141.0),
    ("60 to 140", 1, 1e6),
    ("60 to 140", 1, 59.0),
    ("60 to 140", 1, -1e6),
):
    quantiles = 100 + width * SPREAD
    found = crps_quantile(quantiles[:, None], LEVELS, numpy.array([outcome]), normalization=False)
    pinball = scoringrules.crps_quantile(outcome, quantiles, LEVELS)
    print(f"{name}, became {outcome:.0f}: sigmaeval {found:.1f}, scoringrules {pinball:.1f}")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
certain of 100, became 100: sigmaeval 0.0, scoringrules 0.0
certain of 100, became 200: sigmaeval 0.0, scoringrules 100.0
certain of 100, became 1000000: sigmaeval 0.0, scoringrules 999900.0
60 to 140, became 100: sigmaeval 6.3, scoringrules 4.6
60 to 140, became 141: sigmaeval 36.3, scoringrules 23.6
60 to 140, became 1000000: sigmaeval 36.3, scoringrules 999882.6
60 to 140, became 59: sigmaeval 18.8, scoringrules 23.6
60 to 140, became -1000000: sigmaeval 18.8, scoringrules 1000082.6
SEEN
