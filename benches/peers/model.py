"""The models that all tools solve: as an `.assess` file for us, as JSON for the others."""

import json
import math
import pathlib
import sys

OUTCOMES = ["exit", "fade", "stay"]
PRIOR = [0.06, 0.40, 0.54]
DECIBAN = math.log(10) / 10
# The half-width of a 90% interval of the normal law.
Z90 = 1.6448536269514722

HEAD = """assessment "The same model in several tools" { as of: 2025-03-01 }
outcome exit
outcome fade
outcome stay
prior { exit: 6%, fade: 40%, stay: 54% }
"""


HORIZONS = """horizon short: 0 to 6 months
horizon medium: 6 to 18 months
horizon long: 18 to 60 months
"""


def events(count):
    """Independent events: chances by horizon, and a push for one outcome and against another."""
    text, chances, weights = HEAD + HORIZONS, [], []
    for i in range(count):
        row = [1 + i, 30 + i, 55 + i]
        push = 1 + i % 5
        text += (
            f"event e{i} {{\n"
            f"  chance: {row[0]}% by short, {row[1]}% by medium, {row[2]}% by long\n"
            f"  weight for exit: {push} dB\n  weight against stay: 1 dB\n}}\n"
        )
        chances.append([c / 100 for c in row])
        weights.append([push * DECIBAN, 0.0, -DECIBAN])
    return text, {"prior": PRIOR, "chances": chances, "weights": weights}


def ranges(count):
    """Weights that are ranges, in one horizon: nothing but draws."""
    text, medians, spreads, outcomes = HEAD + "horizon year: 0 to 12 months\n", [], [], []
    for i in range(count):
        low, high = i % 3, i % 3 + 1 + i % 5
        sign, name = (1, "for") if i // 3 % 2 else (-1, "against")
        outcome = i % len(OUTCOMES)
        text += f"factor f{i} {{ weight {name} {OUTCOMES[outcome]}: {low} dB to {high} dB }}\n"
        medians.append(sign * (low + high) / 2 * DECIBAN)
        spreads.append(sign * (high - low) / (2 * Z90) * DECIBAN)
        outcomes.append(outcome)
    return text, {"prior": PRIOR, "medians": medians, "spreads": spreads, "outcomes": outcomes}


def main(folder):
    folder = pathlib.Path(folder)
    for name, (text, numbers) in {
        "events8": events(8),
        "events12": events(12),
        "events20": events(20),
        "ranges36": ranges(36),
    }.items():
        (folder / f"{name}.assess").write_text(text)
        (folder / f"{name}.json").write_text(json.dumps(numbers))


main(sys.argv[1])
