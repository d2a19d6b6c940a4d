"""Makes random files with quantities, and what SciPy says they come to, by brute force over states.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scipy
    /tmp/venv/bin/python tests/quantities/make.py

Written from the design alone. The texts and numbers are kept; nothing runs this script in a test.
"""

import itertools
import json
import math
import pathlib
import random

from scipy.optimize import brentq
from scipy.stats import norm

HERE = pathlib.Path(__file__).parent
Z95 = norm.ppf(0.95)
DISCOUNT = {"A1": 1.0, "B2": 0.8, "C3": 0.6, "D4": 0.3}
HORIZONS = [("near", 1), ("far", 3), ("late", 5)]


def line(points):
    """z -> g, and back: straight between the points, and beyond them at the end slopes."""
    points = sorted(points)

    def piece(key, index):
        i = 0
        while i < len(points) - 2 and key >= points[i + 1][index]:
            i += 1
        return points[i], points[i + 1]

    def up(z):
        (a, u), (b, v) = piece(z, 0)
        return u + (z - a) * (v - u) / (b - a)

    def down(g):
        (a, u), (b, v) = piece(g, 1)
        return a + (g - u) * (b - a) / (v - u)

    return up, down, points


def moment(points, log, low=-math.inf, high=math.inf):
    """The integral of g, or of e^g, over z from low to high."""
    total = 0.0
    for i in range(len(points) - 1):
        (a, u), (b, v) = points[i], points[i + 1]
        slope = (v - u) / (b - a)
        start = -math.inf if i == 0 else a
        end = math.inf if i == len(points) - 2 else b
        start, end = max(start, low), min(end, high)
        if start >= end:
            continue
        at = u - slope * a
        if log:
            total += math.exp(at + slope * slope / 2) * (norm.cdf(end - slope) - norm.cdf(start - slope))
        else:
            total += at * (norm.cdf(end) - norm.cdf(start)) - slope * (norm.pdf(end) - norm.pdf(start))
    return total


def shrink(pushes, groups):
    """Overlap by sign: of each group the largest counts whole, then (1 - x), (1 - x)^2 ..."""
    factors = {d: 1.0 for d in pushes}
    for share, members in groups:
        for sign in (1, -1):
            inside = [d for d in members if pushes.get(d, 0) * sign > 0]
            inside.sort(key=lambda d: -abs(pushes[d]))
            for rank, d in enumerate(inside):
                factors[d] = min(factors[d], (1 - share) ** rank)
    return sum(p * factors[d] for d, p in pushes.items())


def number(x):
    return f"{x:.3f}".rstrip("0").rstrip(".")


def one(seed):
    rng = random.Random(seed)
    horizons = HORIZONS[: rng.randint(1, 3)]
    log = rng.random() < 0.5
    text = ['assessment "A number" { as of: 2025-01-01 }']
    before = 0
    for name, years in horizons:
        text.append(f'horizon {name} "{name}": {before} to {years} years')
        before = years
    points = []
    clauses = []
    for h, (name, _) in enumerate(horizons):
        centre = rng.uniform(50, 200) if log else rng.uniform(-1, 4)
        low, high = (centre * rng.uniform(0.4, 0.9), centre * rng.uniform(1.1, 2)) if log else (
            centre - rng.uniform(0.3, 2), centre + rng.uniform(0.3, 2))
        g = math.log if log else (lambda x: x)
        kind = rng.choice(["split", "range", "level", "shares"])
        c, l, u = (float(number(x)) for x in (centre, low, high))
        if kind == "split":
            clauses.append(f"  in {name}: {number(c)} ({number(l)} to {number(u)})")
            points.append([(-Z95, g(l)), (0.0, g(c)), (Z95, g(u))])
        elif kind == "range":
            clauses.append(f"  in {name}: {number(l)} to {number(u)}")
            points.append([(-Z95, g(l)), (Z95, g(u))])
        elif kind == "level":
            clauses.append(f"  in {name}: {number(l)} to {number(u)} at 80%")
            z = norm.ppf(0.9)
            points.append([(-z, g(l)), (z, g(u))])
        else:
            shares = sorted(rng.sample(range(3, 97), 3))
            values = [l, c, u]
            clauses.append("  in " + name + ": " + ", ".join(f"{s}% below {number(v)}" for s, v in zip(shares, values)))
            points.append([(norm.ppf(s / 100), g(v)) for s, v in zip(shares, values)])
    unit = "deaths" if log else "% a year"
    text.append(f'quantity size "Its size" {{\n  unit: "{unit}"\n' + "\n".join(clauses) + "\n}")
    drivers = []
    for i in range(rng.randint(1, 5)):
        kind = rng.choice(["event", "factor", "fact"])
        name = f"d{i}"
        lines, moves, chances = [], [], []
        if kind == "event":
            at = 0
            for h, _ in horizons:
                at = min(at + rng.randint(1, 30), 95)
                chances.append(at / 100)
            lines.append("chance: " + ", ".join(f"{round(100 * p)}% by {h[0]}" for p, h in zip(chances, horizons)))
        elif kind == "factor":
            chances = [rng.randint(5, 95) / 100 for _ in horizons]
            lines.append("holds: " + ", ".join(f"{round(100 * p)}% in {h[0]}" for p, h in zip(chances, horizons)))
        else:
            chances = [1.0 for _ in horizons]
        stated = []
        for h, _ in horizons:
            x = rng.choice([-1, 1]) * rng.uniform(0.1, 1)
            if log:
                x = round(100 * x * (0.5 if x < 0 else 1))
                if rng.random() < 0.3:
                    # A range is a 90% interval; its middle on the scale of g counts.
                    a, b = x - 5, x + 7
                    stated.append(f"{a:+d}% to {b:+d}% in {h}")
                    moves.append((math.log1p(a / 100) + math.log1p(b / 100)) / 2)
                else:
                    stated.append(f"{x:+d}% in {h}")
                    moves.append(math.log1p(x / 100))
            else:
                x = float(number(x))
                if rng.random() < 0.3:
                    stated.append(f"{number(x)} ({number(x - 0.5)} to {number(x + 0.2)}) in {h}")
                else:
                    stated.append(f"{number(x)} in {h}")
                moves.append(x)
        lines.append("move size: " + ", ".join(stated))
        rating = rng.choice([None, "A1", "B2", "C3", "D4"])
        if rating:
            lines.append(f'evidence "Seen" {{ rated: {rating} }}')
        word = "event" if kind == "event" else "factor"
        text.append(f"{word} {name} {{\n  " + "\n  ".join(lines) + "\n}")
        d = DISCOUNT.get(rating, 1.0)
        drivers.append((name, kind, chances, [m * d for m in moves]))
    groups = []
    if len(drivers) > 1 and rng.random() < 0.5:
        share = rng.randint(10, 90)
        members = rng.sample([d[0] for d in drivers], 2)
        text.append(f"overlap {share}%: " + ", ".join(members))
        groups.append((share / 100, members))
    cut_at = float(number(math.exp(points[0][0][1] + 0.3) if log else points[0][0][1] + 0.5))
    text.append(f'outcome less "Less" {{ when: size below {number(cut_at)} }}')
    text.append('outcome more "More" { when: otherwise }')
    out = {"cut": cut_at, "horizons": []}
    for h, (name, _) in enumerate(horizons):
        up, down, pts = line(points[h])
        g = (lambda x: math.log(x)) if log else (lambda x: x)
        back = math.exp if log else (lambda x: x)
        parts = []
        for state in itertools.product([False, True], repeat=len(drivers)):
            weight = 1.0
            for on, (_, _, chances, _) in zip(state, drivers):
                weight *= chances[h] if on else 1 - chances[h]
            if weight > 0:
                pushes = {d[0]: d[3][h] for on, d in zip(state, drivers) if on}
                parts.append((weight, shrink(pushes, groups), state))

        def cdf(x):
            return math.fsum(w * norm.cdf(down(g(x) - m)) for w, m, _ in parts)

        def quantile(p):
            ends = [up(norm.ppf(p)) + m for _, m, _ in parts]
            f = lambda y: math.fsum(w * norm.cdf(down(y - m)) for w, m, _ in parts) - p
            low, high = min(ends), max(ends)
            if high - low < 1e-12:
                return back(low)
            return back(brentq(f, low - 1e-9, high + 1e-9, xtol=1e-14, rtol=8.9e-16, maxiter=500))

        mean = moment(pts, log)
        means = [mean * math.exp(m) if log else mean + m for _, m, _ in parts]
        xs = [back(up(z) + parts[0][1]) for z in (-2.2, -1, -0.3, 0.4, 1.1, 2.5)]
        below = cdf(cut_at)
        # Given that it lies below the cut: the first driver's chance, and the median.
        first = math.fsum(w * norm.cdf(down(g(cut_at) - m)) for w, m, s in parts if s[0]) / below
        given = {"driver": first, "median": quantile(0.5 * below)}
        asked = {"event": "by", "factor": "in", "fact": None}[drivers[0][1]]
        if asked:
            text.append(f"expect {drivers[0][0]} {asked} {name} given size below {number(cut_at)}: at least 0%")
        else:
            given["driver"] = None
        text.append(f"expect median of size in {name} given size below {number(cut_at)}: at most 1000000")
        out["horizons"].append({
            "mean": math.fsum(w * m for (w, _, _), m in zip(parts, means)),
            "quantiles": [[p, quantile(p)] for p in (0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999)],
            "cdf": [[x, cdf(x)] for x in xs],
            "below": below,
            "given": given,
        })
    return "\n".join(text) + "\n", out


def main():
    expected = {}
    for seed in range(200):
        text, out = one(seed)
        name = f"q{seed:03}"
        expected[name] = {"text": text, **out}
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in expected.items()]
    (HERE / "scipy.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
