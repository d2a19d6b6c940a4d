#!/usr/bin/env bash
# mcerp 1.1.1 takes the `mu` of `LogN(mu, sigma)` for the median and not for the mean of the logarithm, and the scale
# of `Weib(lamda, k)` for a second shape, with a scale of 1. `LogN(3, 0.5)` has a median of 3 instead of 20, and a
# Weibull lifetime with a scale of 100 years has a median below 2 years. soerp 1.0.1, of the same author and with the
# same constructors, has both right.
#
# Expected: its documentation says that the constructors follow the parameters of the Wikipedia articles, where mu is
# the mean of ln X, and calls lamda the scale and k the shape. Nothing is refused and no warning comes: an estimate of
# costs or of a time to failure is just another one.
#
# For us: what a parameter means is said by a quantile, not by its name, when a peer's number is compared with ours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check mcerp==1.1.1 soerp==1.0.1

cat >probe.py <<'PYTHON'
import math

import mcerp
import soerp

# To two digits, which do not depend on the draw.
for call, drawn, made, right in (
    ("LogN(3, 0.5)", mcerp.LogN(3, 0.5), soerp.LogN(3, 0.5), math.exp(3 + 0.5**2 / 2)),
    ("LogN(0.1, 0.5)", mcerp.LogN(0.1, 0.5), soerp.LogN(0.1, 0.5), math.exp(0.1 + 0.5**2 / 2)),
    ("Weib(100, 1.5)", mcerp.Weib(100, 1.5), soerp.Weib(100, 1.5), 100 * math.gamma(1 + 1 / 1.5)),
    ("Weib(1, 1.5)", mcerp.Weib(1, 1.5), soerp.Weib(1, 1.5), math.gamma(1 + 1 / 1.5)),
):
    print(f"{call}: mean in mcerp {drawn.mean:.2g}, in soerp {made.mean:.2g}, by Wikipedia {right:.2g}")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
LogN(3, 0.5): mean in mcerp 3.4, in soerp 23, by Wikipedia 23
LogN(0.1, 0.5): mean in mcerp 0.11, in soerp 1.3, by Wikipedia 1.3
Weib(100, 1.5): mean in mcerp 3, in soerp 90, by Wikipedia 90
Weib(1, 1.5): mean in mcerp 0.9, in soerp 0.9, by Wikipedia 0.9
SEEN
