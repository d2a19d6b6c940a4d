#!/usr/bin/env bash
# simplefermi 0.1.1 takes a number for certain that is within a factor of 1.645 in nine of ten cases: the range of its
# `timesdivide(10, 1.645, p=0.9)` has no width. A factor of 1.1 gives a range from 5.2 to 19, wider than that of a
# factor of 2, from 7.3 to 14. The factor is divided by the number of deviations, where its logarithm should be.
#
# Expected: 90% of the draws between 10 / f and 10 * f, as its `lognormal` has it for the same p and these two ends. Its
# documentation has a typical multiplicative variance and says nothing against another p, which each of its ranges
# takes. With the default, the share within one deviation, the number is 1 and the mistake does not show.
#
# For us: a range must become wider with what was stated; a peer's is tried at more than its default share.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  simplefermi==0.1.1 matplotlib==3.10.0 numpy==2.4.6 pint==0.25.2 scipy==1.17.1

cat >probe.py <<'PYTHON'
import numpy
import simplefermi


def middle(drawn, share):
    low, high = numpy.quantile(drawn, [(1 - share) / 2, (1 + share) / 2])
    # To two digits, which do not depend on the draw.
    return f"{low:#.2g} to {high:#.2g}"


for share in (0.6826894, 0.9):
    for factor in (1.1, 1.4, 1.645, 2, 4):
        numpy.random.seed(1)
        found = middle(simplefermi.timesdivide(10, factor, p=share), share)
        right = middle(simplefermi.lognormal(10 / factor, 10 * factor, p=share), share)
        print(f"{share:.0%} within a factor of {factor}: {found}; lognormal {right}")
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
68% within a factor of 1.1: 9.1 to 11.; lognormal 9.1 to 11.
68% within a factor of 1.4: 7.2 to 14.; lognormal 7.1 to 14.
68% within a factor of 1.645: 6.1 to 16.; lognormal 6.1 to 16.
68% within a factor of 2: 5.0 to 20.; lognormal 5.0 to 20.
68% within a factor of 4: 2.5 to 40.; lognormal 2.5 to 40.
90% within a factor of 1.1: 5.2 to 19.; lognormal 9.1 to 11.
90% within a factor of 1.4: 7.7 to 13.; lognormal 7.1 to 14.
90% within a factor of 1.645: 10. to 10.; lognormal 6.1 to 16.
90% within a factor of 2: 7.3 to 14.; lognormal 5.0 to 20.
90% within a factor of 4: 2.3 to 43.; lognormal 2.5 to 40.
SEEN
