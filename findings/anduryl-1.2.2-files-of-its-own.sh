#!/usr/bin/env bash
# anduryl 1.2.2 cannot open a project that it saved. It writes its own version, 1.2.2, into the JSON file, and its
# reader knows 1.2.1 only and refuses each other one, with the advice that 1.2.0 was expected too, which it takes in
# another layout and only without a version.
#
# Expected: the saved project. Nothing is said when it is saved, so that an elicitation with experts who have left is
# found to be closed on the day of its next use. The numbers in the file are whole: with 1.2.1 for the version it
# opens.
#
# For us: what we write is read back in the same test, and a version in a file is compared, not looked up in a list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
# It needs pydantic, in the first version, without saying so.
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  anduryl==1.2.2 numpy==1.26.4 pydantic==1.10.27
export QT_QPA_PLATFORM=offscreen

cat >probe.py <<'PYTHON'
import json
import math
import warnings

warnings.simplefilter("ignore")
from anduryl import Project

none = [math.nan, math.nan]
item = {"realization": 100.0, "scale": "uni", "quantiles": [0.05, 0.5, 0.95], "bounds": none, "overshoots": none}
made = {
    "version": "1.2.1",
    "experts": {"a": {"name": "a"}, "b": {"name": "b"}},
    "items": {"q": item},
    "assessments": {"a": {"q": [80.0, 90.0, 110.0]}, "b": {"q": [90.0, 105.0, 120.0]}},
}
with open("made.json", "w") as file:
    json.dump(made, file)
project = Project()
project.io.load_json("made.json")
project.io.to_json("saved.json")

with open("saved.json") as file:
    saved = json.load(file)
print("saved with version", saved["version"], "and the answers", saved["assessments"])
try:
    Project().io.load_json("saved.json")
    print("opened")
except ValueError as error:
    print("not opened:", error)
with open("changed.json", "w") as file:
    json.dump(saved | {"version": "1.2.1"}, file)
again = Project()
again.io.load_json("changed.json")
print("opened as 1.2.1, with", again.experts.ids)
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
saved with version 1.2.2 and the answers {'a': {'q': [80.0, 90.0, 110.0]}, 'b': {'q': [90.0, 105.0, 120.0]}}
not opened: Version 1.2.2 not recognized. Expected 1.2.0 or 1.2.1.
opened as 1.2.1, with ['a', 'b']
SEEN
