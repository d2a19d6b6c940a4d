#!/usr/bin/env bash
# anduryl 1.2.2 gives an expert who is perfectly calibrated a calibration score of 0, and so no weight in the decision
# maker, less than the overconfident one. Where the known answers fall between the expert's quantiles exactly as often
# as they should, one of twenty below 5% and so on, the statistic is 0 and its chance should be 1; one answer moved to
# another bin gives the right score again.
#
# Expected: 1, the highest score of Cooke's classical method, on which anduryl is based: the chance of a chi-square at
# least as large as the statistic. SciPy's gives it. anduryl's own chi-square, written to do without SciPy, says that
# it is only slower. With the usual quantiles and 20 or 40 questions the perfect count is a possible one.
#
# For us: weights of sources are checked at their best as well as at their worst; a peer's weight of 0 may be its
# highest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
# It needs pydantic, in the first version, without saying so.
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  anduryl==1.2.2 numpy==1.26.4 pydantic==1.10.27 scipy==1.15.3
export QT_QPA_PLATFORM=offscreen

cat >probe.py <<'PYTHON'
import json
import math
import warnings

warnings.simplefilter("ignore")
import numpy
import scipy.stats
from anduryl import Project

QUANTILES = [0.05, 0.5, 0.95]
SHARES = numpy.array([0.05, 0.45, 0.45, 0.05])
# An expert's quantiles for which the answer, 100, is in the first, second, third or last bin.
BINS = [[110.0, 120.0, 130.0], [90.0, 110.0, 130.0], [70.0, 90.0, 110.0], [70.0, 80.0, 90.0]]

for experts in (
    {"calibrated": (1, 9, 9, 1), "nearly": (1, 9, 8, 2), "middling": (2, 9, 7, 2), "overconfident": (5, 5, 5, 5)},
    {"calibrated": (2, 18, 18, 2), "nearly": (2, 18, 17, 3)},
):
    questions = sum(experts["calibrated"])
    none = [math.nan, math.nan]
    item = {"realization": 100.0, "scale": "uni", "quantiles": QUANTILES, "bounds": none, "overshoots": none}
    answers = {
        name: {f"q{i}": bin for i, bin in enumerate(bin for bin, n in zip(BINS, counts) for _ in range(n))}
        for name, counts in experts.items()
    }
    with open("project.json", "w") as file:
        json.dump(
            {
                "version": "1.2.1",
                "experts": {name: {"name": name} for name in experts},
                "items": {f"q{i}": item for i in range(questions)},
                "assessments": answers,
            },
            file,
        )
    project = Project()
    project.io.load_json("project.json")
    project.calculate_decision_maker(weight_type="global", overshoot=0.1, exp_id="dm", alpha=0.0)
    weights = project.experts.comb_score[: len(experts)]
    for i, (name, counts) in enumerate(experts.items()):
        share = numpy.array(counts) / questions
        chance = scipy.stats.chi2.sf(2 * questions * numpy.sum(share * numpy.log(share / SHARES)), 3)
        print(
            f"{name} with {counts}: calibration {project.experts.calibration[i]:.4f}, by SciPy {chance:.4f}, "
            f"weight {weights[i] / weights.sum():.4f}"
        )
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
calibrated with (1, 9, 9, 1): calibration 0.0000, by SciPy 1.0000, weight 0.0000
nearly with (1, 9, 8, 2): calibration 0.8283, by SciPy 0.8283, weight 0.5288
middling with (2, 9, 7, 2): calibration 0.5669, by SciPy 0.5669, weight 0.4709
overconfident with (5, 5, 5, 5): calibration 0.0001, by SciPy 0.0001, weight 0.0003
calibrated with (2, 18, 18, 2): calibration 0.0000, by SciPy 1.0000, weight 0.0000
nearly with (2, 18, 17, 3): calibration 0.9212, by SciPy 0.9212, weight 1.0000
SEEN
