#!/usr/bin/env bash
# interval-py 1.0.5 has an absolute value that does not contain the values. That of [-5, 3] is [3, 5], without 0 and all
# that is near it; that of [-5, -3] is [5, 3], with its ends exchanged, so that no number is in it. [1, 2] to the power
# of -1 has its ends exchanged too. Sums with such an interval are wrong without an error: 10 - |[-5, -3]| is [7, 5].
#
# Expected: an interval that contains the result for each number of the given one, which is what interval arithmetic is
# for: [0, 5], [3, 5] and [0.5, 1], as mpmath 1.3.0 has them. Its functions are described as the absolute interval and
# the interval power, without a limit, and its even powers and its division are right about the same.
#
# For us: an operation on intervals is tried with numbers between the ends, on both sides of zero and across it; the
# ends alone do not show what is lost.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
# It needs numpy without saying so.
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  interval-py==1.0.5 mpmath==1.3.0 numpy==2.4.6

cat >probe.py <<'PYTHON'
from intervalpy import Interval
from mpmath import iv

for title, low, high, compute, exactly in (
    ("|x|", -5, 3, abs, abs),
    ("|x|", -5, -3, abs, abs),
    ("|x|", 3, 5, abs, abs),
    ("10 - |x|", -5, -3, lambda x: 10 - abs(x), lambda x: 10 - abs(x)),
    ("1 / |x|", -5, -3, lambda x: 1 / abs(x), lambda x: 1 / abs(x)),
    ("x ** -1", 1, 2, lambda x: x**-1, lambda x: x**-1),
    ("x ** 2", -5, 3, lambda x: x**2, lambda x: x**2),
    ("1 / x", 1, 2, lambda x: 1 / x, lambda x: 1 / x),
):
    found = compute(Interval([low, high]))
    right = exactly(iv.mpf([low, high]))
    middle = exactly(iv.mpf((low + high) / 2))
    inside = Interval([float(middle.a), float(middle.b)]).isIn(found)
    print(
        f"{title} for [{low}, {high}]: [{found[0]:.4g}, {found[1]:.4g}], {'with' if inside else 'without'} that of the "
        f"middle; mpmath [{float(right.a):.4g}, {float(right.b):.4g}]"
    )
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
|x| for [-5, 3]: [3, 5], without that of the middle; mpmath [0, 5]
|x| for [-5, -3]: [5, 3], without that of the middle; mpmath [3, 5]
|x| for [3, 5]: [3, 5], with that of the middle; mpmath [3, 5]
10 - |x| for [-5, -3]: [7, 5], without that of the middle; mpmath [5, 7]
1 / |x| for [-5, -3]: [0.2, 0.3333], with that of the middle; mpmath [0.2, 0.3333]
x ** -1 for [1, 2]: [1, 0.5], without that of the middle; mpmath [0.5, 1]
x ** 2 for [-5, 3]: [0, 25], with that of the middle; mpmath [0, 25]
1 / x for [1, 2]: [0.5, 1], with that of the middle; mpmath [0.5, 1]
SEEN
