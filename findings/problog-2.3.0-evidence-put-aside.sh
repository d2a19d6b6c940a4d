#!/usr/bin/env bash
# ProbLog 2.3.0 puts evidence aside that says anything but true or false, without a word. `evidence(delay, 0.9)`,
# which reads as a report that is right in nine of ten cases, `evidence(delay, yes)`, `evidence(delay, True)` and a
# misspelt `evidence(delay, ture)` all leave the chance of a strike at what it was before, and so do 1 and 0.
#
# Expected: an error, or likely evidence that is weighed. Its documentation has evidence/2 with true and with false
# and says nothing of other values; a chance out of range, a negative one and an unknown atom are errors. Evidence
# that is not used leaves no trace in the answer, which is the one without it.
#
# For us: what a file states about evidence is used or refused, and a report that may be wrong is a factor of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check problog==2.3.0

cat >probe.py <<'PYTHON'
import logging

from problog import get_evaluatable
from problog.program import PrologString

warned = []
handler = logging.Handler()
handler.emit = warned.append
logging.getLogger("problog").addHandler(handler)
MODEL = "0.1::strike. 0.7::delay :- strike. 0.2::delay :- \\+strike. query(strike). "
for evidence in (
    "",
    "evidence(delay).",
    "evidence(delay, true).",
    "evidence(delay, 1).",
    "evidence(delay, 0.9).",
    "evidence(delay, yes).",
    "evidence(delay, True).",
    "evidence(delay, ture).",
    "evidence(delay, 0).",
    "evidence(delay, false).",
):
    try:
        found = get_evaluatable().create_from(PrologString(MODEL + evidence)).evaluate()
        answer = ", ".join(f"{name} {chance:.3f}" for name, chance in found.items())
    except Exception as error:
        answer = type(error).__name__
    print(f"{evidence or 'no evidence'} -> {answer}")
print("warnings:", len(warned))
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
no evidence -> strike 0.100
evidence(delay). -> strike 0.280
evidence(delay, true). -> strike 0.280
evidence(delay, 1). -> strike 0.100
evidence(delay, 0.9). -> strike 0.100
evidence(delay, yes). -> strike 0.100
evidence(delay, True). -> strike 0.100
evidence(delay, ture). -> strike 0.100
evidence(delay, 0). -> strike 0.100
evidence(delay, false). -> strike 0.040
warnings: 0
SEEN
