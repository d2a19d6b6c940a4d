#!/usr/bin/env python3
"""`assess score --csv` beside pandas with scikit-learn, which compute the same figures of the same table.

    cargo build --release && pip install numpy pandas scikit-learn
    python3 benches/peers/score.py [--rows 10000000] [--runs 3]

The figures: the Brier score and its skill against the base rate, the logarithmic score, ten bins of calibration, the
area under the curve, Cox's line. Each program runs as a process of its own, in turn; of each the run of least wall time
counts. Both must find the same figures to 1e-5, or the run fails. Nothing is written but below a temporary folder.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PEER = """
import json, sys
import numpy, pandas
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, d2_brier_score, log_loss, roc_auc_score
table = pandas.read_csv(sys.argv[1])
p, y = table["probability"].to_numpy(), table["result"].to_numpy()
kept = numpy.clip(p, 1e-6, 1 - 1e-6)
calibration_curve(y, p, n_bins=10)
line = LogisticRegression(C=numpy.inf, tol=1e-9).fit(numpy.log(kept / (1 - kept))[:, None], y)
print(json.dumps({
    "brier": brier_score_loss(y, p), "skill": d2_brier_score(y, p), "log": log_loss(y, p), "area": roc_auc_score(y, p),
    "slope": line.coef_[0, 0], "intercept": line.intercept_[0],
}))
"""


def table(path: Path, rows: int) -> None:
    """Writes forecasts that are a little too bold."""
    import numpy

    dice = numpy.random.default_rng(1)
    with open(path, "w") as file:
        file.write("probability,result\n")
        for start in range(0, rows, 500_000):
            size = min(500_000, rows - start)
            z = dice.normal(0, 1.5, size)
            p = (1 / (1 + numpy.exp(-z))).round(3)
            y = dice.random(size) < 1 / (1 + numpy.exp(-0.8 * z))
            numpy.savetxt(file, numpy.column_stack((p, y)), fmt=("%.3f", "%d"), delimiter=",")


def run(command: list, folder: str = ".") -> tuple:
    """Seconds, seconds of the processor, MB at the peak, the JSON that was printed."""
    read, write = os.pipe()
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=write, cwd=folder)
    os.close(write)
    with os.fdopen(read) as file:
        text = file.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - begin
    if status:
        sys.exit(f"{command[0]} ended with {status}")
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, json.loads(text)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--assess", default=str(ROOT / "target/release/assess"))
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forecasts.csv"
        table(path, asked.rows)
        commands = {
            "assess": [asked.assess, "score", "--csv", str(path), "--format", "json"],
            "pandas, scikit-learn": [sys.executable, "-c", PEER, str(path)],
        }
        best = {}
        for _ in range(asked.runs):
            for name, command in commands.items():
                found = run(command)
                best[name] = min(best.get(name, found), found, key=lambda one: one[0])
        ours, theirs = best["assess"][3], best["pandas, scikit-learn"][3]
        scores, calibration = ours["scores"][0], ours["calibration"]
        same = {
            "brier": scores["brier"],
            "log": scores["log"],
            "skill": next(one["skill"]["value"] for one in scores["skill"] if one["reference"] == "base rate"),
            "area": calibration["area"],
            "slope": calibration["slope"]["value"],
            "intercept": calibration["intercept"]["value"],
        }
        for key, value in same.items():
            if abs(value - theirs[key]) > 1e-5:
                sys.exit(f"{key}: {value}, scikit-learn {theirs[key]}")
        print(f"{asked.rows:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        print("\n| | wall | processor | memory |\n|---|---:|---:|---:|")
        for name, (wall, processor, memory, _) in best.items():
            print(f"| {name} | {wall:.2f} s | {processor:.2f} s | {memory:.0f} MB |")
        print(f"\n{best['pandas, scikit-learn'][0] / best['assess'][0]:.1f} times")


if __name__ == "__main__":
    main()
