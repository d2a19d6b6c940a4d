#!/usr/bin/env bash
# pygarg 1.0.2 leaves out semi-stable extensions, and which one it leaves out depends on the order in which the
# arguments are listed. Of a framework with two it finds one, says that there is one, and so takes an argument to hold
# in all of them that holds in one only; listed in reverse, the other argument is the certain one.
#
# Expected: all semi-stable extensions, whatever the order, as from python-argumentation 2.0.2 and from trying each
# set. pygarg's documentation lists enumeration, counting and both kinds of acceptance for SST like for the other
# semantics, whose answers for the same framework are right.
#
# For us: an answer about arguments is checked against the definition over all sets, and in another order, before it
# is a reference.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  pygarg==1.0.2 python-sat==1.9.dev24 python-argumentation==2.0.2

cat >probe.py <<'PYTHON'
import itertools

from py_arg.abstract_argumentation_classes.abstract_argumentation_framework import AbstractArgumentationFramework
from py_arg.abstract_argumentation_classes.argument import Argument
from py_arg.abstract_argumentation_classes.defeat import Defeat
from py_arg.algorithms.semantics.get_semistable_extensions import get_semistable_extensions
from pygarg.dung import solver

# Talks and war exclude each other, a rumour speaks against itself, and so does a leak.
ATTACKS = [["talks", "war"], ["war", "talks"], ["talks", "leak"], ["war", "rumour"]]
ATTACKS += [["leak", "leak"], ["rumour", "rumour"]]
ARGUMENTS = ["talks", "leak", "rumour", "war"]


def shown(extensions):
    return " or ".join(sorted("{" + ", ".join(sorted(x)) + "}" for x in extensions))


def conflict_free(chosen):
    return not any(a in chosen and b in chosen for a, b in ATTACKS)


def defended(chosen):
    against = [a for a, b in ATTACKS if b in chosen]
    return all(any([c, a] in ATTACKS for c in chosen) for a in against)


def reach(chosen):
    return set(chosen) | {b for a, b in ATTACKS if a in chosen}


subsets = [s for n in range(5) for s in itertools.combinations(ARGUMENTS, n)]
admissible = [s for s in subsets if conflict_free(s) and defended(s)]
print("by definition:", shown(s for s in admissible if not any(reach(s) < reach(t) for t in admissible)))

made = {name: Argument(name) for name in ARGUMENTS}
framework = AbstractArgumentationFramework(
    "framework", list(made.values()), [Defeat(made[a], made[b]) for a, b in ATTACKS]
)
print("python-argumentation:", shown([x.name for x in s] for s in get_semistable_extensions(framework)))

for order in (ARGUMENTS, ARGUMENTS[::-1]):
    print(f"pygarg, {order[0]} first, semi-stable:", shown(solver.extension_enumeration(order, ATTACKS, "SST")))
    print(f"pygarg, {order[0]} first, preferred:", shown(solver.extension_enumeration(order, ATTACKS, "PR")))
    print(f"pygarg, {order[0]} first, how many:", solver.extension_counting(order, ATTACKS, "SST"))
    certain = [x for x in ("talks", "war") if solver.skeptical_acceptability(order, ATTACKS, x, "SST")[0]]
    print(f"pygarg, {order[0]} first, holds in all:", certain)
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
by definition: {talks} or {war}
python-argumentation: {talks} or {war}
pygarg, talks first, semi-stable: {talks}
pygarg, talks first, preferred: {talks} or {war}
pygarg, talks first, how many: 1
pygarg, talks first, holds in all: ['talks']
pygarg, war first, semi-stable: {war}
pygarg, war first, preferred: {talks} or {war}
pygarg, war first, how many: 1
pygarg, war first, holds in all: ['war']
SEEN
