#!/usr/bin/env bash
# pycrq 1.1.0 multiplies what it calls annual by the years of the horizon. A loss of 1,000 every ten years has an
# annual loss exposure of 100 with the default horizon of one year and of 1,000 with one of ten, and its report calls
# that one event a year. A register adds up scenarios of different horizons as if they were of one.
#
# Expected: amounts per year for each horizon. Its documentation defines ALE as the expected annual cost and LEF as
# how many loss events occur per year, and says of the horizon that it is the simulation time window; the return on a
# control is computed from these amounts and the control's annual cost.
#
# For us: a horizon changes what is asked, not the unit of the answer; a report names its unit.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --no-compile --disable-pip-version-check \
  pycrq==1.1.0 numpy==2.4.6 scipy==1.17.1 matplotlib==3.10.0

cat >probe.py <<'PYTHON'
from pycrq import FAIRSimulator, RiskRegister, ScenarioBuilder, constant
from pycrq.reporting import format_frequency


def scenario(years):
    made = ScenarioBuilder(f"flood in {years}").asset("site", "Physical").threat("river", "Natural")
    made = made.tef(constant(0.1)).vulnerability(constant(1)).primary_loss(constant(1000))
    return made.time_horizon(years).build()


simulator = FAIRSimulator(n_simulations=1000, seed=1)
for years in (1, 10):
    result = simulator.simulate(scenario(years))
    print(
        f"horizon of {years}: mean annual loss exposure {result.mean_ale:.0f}, at most {result.var(0.95):.0f} in 95%, "
        f"{format_frequency(result.loss_event_frequency.mean())}"
    )
register = RiskRegister("both")
for years in (1, 10):
    register.add_scenario(scenario(years))
print(f"both together: {simulator.simulate_register(register).mean_ale:.0f}")
PYTHON

venv/bin/python probe.py >seen 2>errors || { cat errors >&2; exit 1; }
cat seen
diff seen - <<'SEEN'
horizon of 1: mean annual loss exposure 100, at most 100 in 95%, Once per 10.0 years
horizon of 10: mean annual loss exposure 1000, at most 1000 in 95%, 1.0x/year
both together: 1100
SEEN
