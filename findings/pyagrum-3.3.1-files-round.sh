#!/usr/bin/env bash
# pyAgrum 3.3.1 gives back other chances than it saved, in every text format but its own. It writes BIF and
# NET with 12 digits and reads them in single precision: 0.1 comes back as 0.10000000149. BIFXML and XDSL it
# writes with 6 digits, DSL and UAI with 6 digits and reads in single precision.
#
# Expected: the same numbers, as pyAgrum computes in doubles, and its documentation of saveBN and loadBN
# says nothing of precision. `check()` finds nothing amiss in what was read. Only the formats of its own,
# JGUM and BGUM, keep every digit.
#
# For us: what is read from a file by pyAgrum agrees with an exact verdict to 7 digits at best, so that a
# comparison to 1e-9 has to build the network in Python, as benches/peers does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check pyagrum==3.3.1

cat >probe.py <<'PYTHON'
import pyagrum

network = pyagrum.fastBN("exit{no|yes}->talks{no|yes}")
network.cpt("exit").fillWith([1 - 1.23456789e-4, 1.23456789e-4])
network.cpt("talks").fillWith([0.9, 0.1, 1 / 3, 2 / 3])
was = network.cpt("exit").tolist() + [x for row in network.cpt("talks").tolist() for x in row]
for ending in ("jgum", "bgum", "bif", "net", "bifxml", "xdsl", "dsl", "uai"):
    pyagrum.saveBN(network, f"network.{ending}")
    back = pyagrum.loadBN(f"network.{ending}")
    # UAI has no names: its variables are numbers in the same order.
    first, second = ("exit", "talks") if "exit" in back.names() else (0, 1)
    now = back.cpt(first).tolist() + [x for row in back.cpt(second).tolist() for x in row]
    assert not back.check(), back.check()
    kept = "as it was" if now == was else "changed"
    print(f"{ending:6} {kept:9} exit {now[1]:.12g}, talks {now[3]:.12g} and {now[4]:.12g}")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
jgum   as it was exit 0.000123456789, talks 0.1 and 0.333333333333
bgum   as it was exit 0.000123456789, talks 0.1 and 0.333333333333
bif    changed   exit 0.000123456789879, talks 0.10000000149 and 0.333333343267
net    changed   exit 0.000123456789879, talks 0.10000000149 and 0.333333343267
bifxml changed   exit 0.000123457, talks 0.1 and 0.333333
xdsl   changed   exit 0.000123457, talks 0.1 and 0.333333
dsl    changed   exit 0.000123456993606, talks 0.10000000149 and 0.33333298564
uai    changed   exit 0.000123456993606, talks 0.10000000149 and 0.33333298564
SEEN
