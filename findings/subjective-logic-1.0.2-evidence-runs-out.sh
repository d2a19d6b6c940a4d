#!/usr/bin/env bash
# subjective-logic 1.0.2 stops to learn after some two thousand observations, and then breaks. Each opinion is rounded
# to six decimals, so that an uncertainty of 0.001 no longer moves when one more observation is fused into it: 10,000
# successes one by one weigh as much as 2,000. The mistakes of rounding add up as well: soon after, fusing two
# opinions of its own raises an error, as the sum of what it computed is not 1.
#
# Expected: what `from_evidence` gives for the sum of the evidence, since cumulative fusion is the addition of
# evidence. The documentation of `cumulative_fusion` describes this very use, a long-term opinion updated by
# short-term ones, and does not mention the rounding. A base rate below one in two million becomes 0.
#
# For us: evidence is kept as counts or in full precision, and never rounded before it is shown.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check subjective-logic==1.0.2

cat >probe.py <<'PYTHON'
from subjective_logic.binomial_opinion import BinomialOpinion

success = BinomialOpinion.from_evidence(1, 0)
failure = BinomialOpinion.from_evidence(0, 1)
opinion = success
for n in range(2, 10_001):
    opinion = opinion.cumulative_fusion(success)
    if n in (100, 1_000, 2_000, 5_000, 10_000):
        at_once = BinomialOpinion.from_evidence(n, 0)
        print(f"{n} successes: uncertainty {opinion.uncertainty} one by one, {at_once.uncertainty} at once")

try:
    for n in range(1, 10_001):
        opinion = opinion.cumulative_fusion(failure)
    print("10000 failures more:", opinion)
except ValueError as error:
    at_once = BinomialOpinion.from_evidence(10_000, n - 1)
    print(f"failure {n} cannot be fused: {error}")
    print(f"chance after the one before {opinion.probability():.4f}, at once {at_once.probability():.4f}")
print("base rate of 4e-7:", BinomialOpinion(0, 0, 1, 4e-7).probability())
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
100 successes: uncertainty 0.01961 one by one, 0.019608 at once
1000 successes: uncertainty 0.002014 one by one, 0.001996 at once
2000 successes: uncertainty 0.001 one by one, 0.000999 at once
5000 successes: uncertainty 0.001 one by one, 0.0004 at once
10000 successes: uncertainty 0.001 one by one, 0.0002 at once
failure 22 cannot be fused: The sum of belief(0.988072), disbelief(0.010939), and uncertainty(0.001) must equal 1 != 1.000011.
chance after the one before 0.9891, at once 0.9978
base rate of 4e-7: 0.0
SEEN
