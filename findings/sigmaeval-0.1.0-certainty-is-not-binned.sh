#!/usr/bin/env bash
# sigmaeval 0.1.0 leaves forecasts of exactly 100% out of the parts of the Brier score. Who is certain each time and
# wrong every other time gets half of the reliability term that is due, so that the parts no longer make the score,
# and seems better calibrated than one who said 90%. A forecast of 99.99% is counted.
#
# Expected: Brier score = reliability - resolution + uncertainty, which its documentation states, without a
# reservation, and which holds here exactly, as all forecasts of a bin are the same. Certainty is what a look at
# reliability is for.
#
# For us: the last bin has its upper end, and a decomposition is tested by the sum that it decomposes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check sigmaeval==0.1.0

cat >probe.py <<'PYTHON'
import numpy
from sigmaeval.sigmaeval import brier_score_components, brier_score_multiclass

OUTCOMES = numpy.array([0, 1, 0, 1, 0, 1, 0, 1])
for said in (0.9, 0.9999, 1.0):
    forecast = numpy.array([[said, 1 - said]] * len(OUTCOMES))
    reliability, resolution, uncertainty = brier_score_components(OUTCOMES, forecast)
    score = brier_score_multiclass(OUTCOMES, forecast)
    print(
        f"{said:.2%} each time, true half of the time: reliability {reliability:.3f}, resolution {resolution:.3f}, "
        f"uncertainty {uncertainty:.3f}, together {reliability - resolution + uncertainty:.3f}, score {score:.3f}"
    )
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
90.00% each time, true half of the time: reliability 0.160, resolution 0.000, uncertainty 0.250, together 0.410, score 0.410
99.99% each time, true half of the time: reliability 0.250, resolution 0.000, uncertainty 0.250, together 0.500, score 0.500
100.00% each time, true half of the time: reliability 0.125, resolution 0.000, uncertainty 0.250, together 0.375, score 0.500
SEEN
