#!/usr/bin/env bash
# simplefermi 0.1.1 reads the digits of a number as a normal distribution, where its documentation has a uniform one
# with bounds. A third of the draws of `sigfig("1.0")` are outside of the documented 0.95 to 1.05; `sigfig("1.")` is
# negative in one of forty draws, and `sigfig("100")` is so as well, whose first digit alone counts.
#
# Expected: a uniform distribution between 0.95 and 1.05, and between 0.5 and 1.5 for "1.", as its documentation says in
# so many words, and the function's own description. What is divided by such a number has outliers of either sign.
#
# For us: a peer's ranges are compared with ours by draws beyond their ends, not by what the two are called.
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

for text, low, high in (("1.0", 0.95, 1.05), ("1.", 0.5, 1.5), ("28", 27.5, 28.5), ("100", 50, 150)):
    numpy.random.seed(1)
    drawn = simplefermi.sigfig(text)
    outside = numpy.mean((drawn < low) | (drawn > high))
    # To one digit, which does not depend on the draw.
    print(
        f"{text}: {outside:.0%} of {len(drawn)} outside of {low} to {high}, {numpy.mean(drawn < 0):.0%} negative; "
        f"deviation {numpy.std(drawn) / (high - low):.1f} of the width, if uniform {1 / 12**0.5:.1f}"
    )
PYTHON

venv/bin/python probe.py >seen
cat seen
diff seen - <<'SEEN'
1.0: 32% of 200000 outside of 0.95 to 1.05, 0% negative; deviation 0.5 of the width, if uniform 0.3
1.: 32% of 200000 outside of 0.5 to 1.5, 2% negative; deviation 0.5 of the width, if uniform 0.3
28: 32% of 200000 outside of 27.5 to 28.5, 0% negative; deviation 0.5 of the width, if uniform 0.3
100: 32% of 200000 outside of 50 to 150, 2% negative; deviation 0.5 of the width, if uniform 0.3
SEEN
