#!/usr/bin/env bash
# uncertainty-toolbox 0.1.1 takes forecasts that are too low for forecasts that are too high, where it is asked about
# quantiles. It counts outcomes above the mirrored quantile instead of those below the quantile. So its own
# recalibration moves them the wrong way: a median that is one deviation below the outcomes' ends up two below.
#
# Expected: the proportion of data below the predicted quantile, as the documentation of
# `get_proportion_under_quantile` and of prop_type="quantile" has it. The mean errors of calibration hide it, since
# they do not change when the curve is mirrored, and so does a symmetric error; intervals, the default, are right.
#
# For us: the direction of a bias is part of what a report on calibration says, and has a test of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check uncertainty-toolbox==0.1.1 numpy==2.4.6

cat >probe.py <<'PYTHON'
import statistics

import numpy
from uncertainty_toolbox.metrics_calibration import (
    get_proportion_lists_vectorized,
    get_proportion_under_quantile,
    get_quantile,
)
from uncertainty_toolbox.recalibration import iso_recal

# Outcomes as of a standard normal distribution, by its quantiles.
outcome = numpy.array([statistics.NormalDist().inv_cdf((i + 0.5) / 1000) for i in range(1000)])
spread = numpy.ones(1000)
for bias in (-1.0, 0.0, 1.0):
    forecast = numpy.full(1000, bias)
    for level in (0.25, 0.5, 0.75):
        found = get_proportion_under_quantile(forecast, spread, outcome, level)
        counted = numpy.mean(outcome <= get_quantile(forecast, spread, level))
        print(f"forecast {bias:+.0f}, below its {level:.0%} quantile: it says {found:.2f}, counted {counted:.2f}")
    said, seen = get_proportion_lists_vectorized(forecast, spread, outcome, prop_type="quantile")
    median = get_quantile(forecast, spread, 0.5, iso_recal(said, seen))[0]
    print(f"forecast {bias:+.0f}, its median after recalibration: {median:+.1f}, the outcomes' is 0")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
forecast -1, below its 25% quantile: it says 0.63, counted 0.05
forecast -1, below its 50% quantile: it says 0.84, counted 0.16
forecast -1, below its 75% quantile: it says 0.95, counted 0.37
forecast -1, its median after recalibration: -2.0, the outcomes' is 0
forecast +0, below its 25% quantile: it says 0.25, counted 0.25
forecast +0, below its 50% quantile: it says 0.50, counted 0.50
forecast +0, below its 75% quantile: it says 0.75, counted 0.75
forecast +0, its median after recalibration: +0.0, the outcomes' is 0
forecast +1, below its 25% quantile: it says 0.05, counted 0.63
forecast +1, below its 50% quantile: it says 0.16, counted 0.84
forecast +1, below its 75% quantile: it says 0.37, counted 0.95
forecast +1, its median after recalibration: +2.0, the outcomes' is 0
SEEN
