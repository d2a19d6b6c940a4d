#!/usr/bin/env bash
# py_dempster_shafer 0.7 never draws a hypothesis with too little mass for the number of samples: `sample(1)` of a
# half, a third and a sixth is the half in each of a thousand calls. Its Monte Carlo combinations rest on it, so that
# the mean of a thousand of them is 0 for what has a mass of 3.5%.
#
# Expected: samples that are drawn with a chance in proportion to their mass, as its documentation has it, and
# approximations that are right on average. The default, a `quantization`, is described there as a least frequency,
# and only `sample` can be told to do without it; the combinations cannot.
#
# For us: rare outcomes are what an assessment is about; a mean over runs is checked against the exact value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  py_dempster_shafer==0.7 numpy==2.4.6 scipy==1.17.1

cat >probe.py <<'PYTHON'
import random
import statistics

from pyds import MassFunction

random.seed(1)
mass = MassFunction({("war",): 1 / 6, ("crisis",): 1 / 3, ("calm",): 1 / 2})
for quantization in (True, False):
    drawn = [next(iter(mass.sample(1, quantization=quantization)[0])) for _ in range(1000)]
    print(f"sample(1, quantization={quantization}): {', '.join(sorted(set(drawn)))}")

prior = MassFunction({("war",): 0.004, ("calm",): 0.996})
report = MassFunction({("war",): 0.9, ("calm",): 0.1})
print(f"war, exact: {prior.combine_conjunctive(report)[('war',)]:.3f}")
for importance in (False, True):
    runs = [
        prior.combine_conjunctive(report, sample_count=100, importance_sampling=importance)[("war",)]
        for _ in range(1000)
    ]
    print(f"war, 1000 runs of 100 samples, importance_sampling={importance}: mean {statistics.mean(runs):.3f}")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
sample(1, quantization=True): calm
sample(1, quantization=False): calm, crisis, war
war, exact: 0.035
war, 1000 runs of 100 samples, importance_sampling=False: mean 0.000
war, 1000 runs of 100 samples, importance_sampling=True: mean 0.000
SEEN
