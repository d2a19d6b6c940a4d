#!/usr/bin/env bash
# ProbLog 2.3.0 takes a stated chance below 1e-9 for an impossibility. What rests on it has a chance of 0,
# and evidence that it came true is an error; a hundred such facts together have no chance either. The same
# chance as a product of two larger ones is computed right.
#
# Expected: the chance that is stated, as its documentation takes any probability for a fact and mentions no
# least one, and inference is exact. Chances are kept as logarithms by default, which hold far smaller ones.
#
# For us: ProbLog is a reference for rare events only where each stated chance is 1e-9 or more. Our shares
# are printed down to 0.000001%, which is 1e-8.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check problog==2.3.0

cat >probe.py <<'PYTHON'
from problog import get_evaluatable
from problog.program import PrologString

for program in (
    "2.0e-9::flood. query(flood).",
    "0.5e-9::flood. query(flood).",
    "1.0e-5::storm. 0.5e-4::breach. flood :- storm, breach. query(flood).",
    "0.5e-9::flood(N) :- between(1, 100, N). some :- flood(_). query(some).",
    "0.5e-9::flood. 0.3::strike. evidence(flood). query(strike).",
    "1.0e-5::storm. 0.5e-4::breach. flood :- storm, breach. 0.3::strike. evidence(flood). query(strike).",
):
    try:
        found = get_evaluatable().create_from(PrologString(program)).evaluate()
        answer = ", ".join(f"{name} {chance:.3g}" for name, chance in found.items())
    except Exception as error:
        answer = type(error).__name__
    print(f"{program} -> {answer}")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
2.0e-9::flood. query(flood). -> flood 2e-09
0.5e-9::flood. query(flood). -> flood 0
1.0e-5::storm. 0.5e-4::breach. flood :- storm, breach. query(flood). -> flood 5e-10
0.5e-9::flood(N) :- between(1, 100, N). some :- flood(_). query(some). -> some 0
0.5e-9::flood. 0.3::strike. evidence(flood). query(strike). -> InconsistentEvidenceError
1.0e-5::storm. 0.5e-4::breach. flood :- storm, breach. 0.3::strike. evidence(flood). query(strike). -> strike 0.3
SEEN
