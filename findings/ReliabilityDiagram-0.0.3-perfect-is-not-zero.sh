#!/usr/bin/env bash
# ReliabilityDiagram 0.0.3 gives perfect forecasts a Brier score of 0.01, and of 0.0625 with two bins: it takes what was
# forecast for the middle of its bin, so that all members for an event count as 90%. Forecasts that are worse by ten
# points each get the same score as the perfect ones. With 49 bins there are 50 rows, as 49 times 1/49 is below 1 there.
#
# Expected: 0, as its documentation says of the score for perfect forecasts, and rows in the number that was asked for.
# The mean square of the forecasts themselves is 0. The middle of a bin is documented for the diagram, not for the
# score, which goes by the number of bins here.
#
# For us: a peer's Brier score is compared with the mean square of the forecasts first, at certainty as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  ReliabilityDiagram==0.0.3 numpy==1.26.4 pandas==2.3.3 scipy==1.15.3 statsmodels==0.14.6

cat >probe.py <<'PYTHON'
import warnings

warnings.simplefilter("ignore")
import numpy
from ReliabilityDiagram import ReliabilityDiagram

# The event is to be in the lower half of the climate; ten members each say so or not.
outcomes = numpy.array([25.0, 75.0] * 50)
climate = numpy.tile(numpy.arange(1.0, 100), (100, 1))
event = outcomes < 50
for title, said in (("perfect", (10, 0)), ("10 points worse", (9, 1))):
    low = numpy.where(event, *said)
    members = numpy.where(numpy.arange(10) < low[:, None], 25.0, 75.0)
    right = numpy.mean((low / 10 - event) ** 2)
    for bins in (2, 5, 10, 49):
        diagram = ReliabilityDiagram(outcomes, members, climate, 0, 0.5, nbins=bins)
        score, reliability, resolution = (round(float(x), 4) + 0 for x in diagram.forecast_attributes())
        print(
            f"{title}, {bins} bins: Brier score {score:.4f}, reliability {reliability:.4f}; of the forecasts {right:.4f}; "
            f"{len(diagram.contingency_table())} rows"
        )
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
perfect, 2 bins: Brier score 0.0625, reliability 0.0625; of the forecasts 0.0000; 2 rows
perfect, 5 bins: Brier score 0.0100, reliability 0.0100; of the forecasts 0.0000; 5 rows
perfect, 10 bins: Brier score 0.0025, reliability 0.0025; of the forecasts 0.0000; 10 rows
perfect, 49 bins: Brier score 0.0001, reliability 0.0001; of the forecasts 0.0000; 50 rows
10 points worse, 2 bins: Brier score 0.0625, reliability 0.0625; of the forecasts 0.0100; 2 rows
10 points worse, 5 bins: Brier score 0.0100, reliability 0.0100; of the forecasts 0.0100; 5 rows
10 points worse, 10 bins: Brier score 0.0125, reliability 0.0125; of the forecasts 0.0100; 10 rows
10 points worse, 49 bins: Brier score 0.0084, reliability 0.0084; of the forecasts 0.0100; 50 rows
SEEN
