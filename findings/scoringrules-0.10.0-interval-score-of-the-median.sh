#!/usr/bin/env bash
# scoringrules 0.10.0 scores a forecast's median for how large it is and not for how far off it was, unless numba
# happens to be installed. The weighted interval score adds half of |outcome - median| by its definition; with NumPy,
# the backend of a plain installation, it adds half of the median itself. So one call has two values, a perfect
# forecast of a large number is punished for the number, and a worse forecast of a negative one is rewarded below
# zero.
#
# Expected: one score from both backends, which its documentation offers as a matter of speed, and the one that it
# defines, with |y - m|. That score is 0 for a forecast without spread that comes true, and never negative.
# (scoringrules 0.11.0, which needs Python 3.12, still has the same line.)
#
# For us: scores of intervals come with their definition and a test against an outcome on the median; a table of
# scores from this package needs to say which backend it had.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check scoringrules==0.10.0 numpy==2.4.6
python3 -m venv both
both/bin/pip install --quiet --no-compile --disable-pip-version-check scoringrules==0.10.0 numpy==2.4.6 numba==0.65.1

cat >probe.py <<'PYTHON'
import sys

import numpy
import scoringrules

ALPHA = numpy.array([0.2, 0.5])
HALF = numpy.array([[0, 0], [10, 5], [10, 5], [10, 5]])
NAMES = ("certain and right", "right", "20 too low", "20 too low, below zero")
outcome = numpy.array([100.0, 100, 120, -80])
median = numpy.array([100.0, 100, 100, -100])
lower, upper = median[:, None] - HALF, median[:, None] + HALF

found = scoringrules.weighted_interval_score(outcome, median, lower, upper, ALPHA)
off = numpy.maximum(lower - outcome[:, None], 0) + numpy.maximum(outcome[:, None] - upper, 0)
parts = ALPHA / 2 * (upper - lower + 2 / ALPHA * off)
defined = (numpy.abs(outcome - median) / 2 + parts.sum(axis=1)) / (len(ALPHA) + 0.5)
for name, score, right in zip(NAMES, found, defined):
    print(f"{sys.argv[1]}, {name}: {score:.1f}, by the definition {right:.1f}")
PYTHON

venv/bin/python probe.py "NumPy" >seen 2>errors || { cat errors >&2; exit 1; }
both/bin/python probe.py "numba" >>seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
NumPy, certain and right: 20.0, by the definition 0.0
NumPy, right: 21.8, by the definition 1.8
NumPy, 20 too low: 31.8, by the definition 15.8
NumPy, 20 too low, below zero: -8.2, by the definition 15.8
numba, certain and right: 0.0, by the definition 0.0
numba, right: 1.8, by the definition 1.8
numba, 20 too low: 15.8, by the definition 15.8
numba, 20 too low, below zero: 15.8, by the definition 15.8
SEEN
