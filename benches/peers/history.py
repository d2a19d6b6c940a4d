#!/usr/bin/env python3
"""`assess score` on a folder of settled assessments with a history in git.

    cargo build --release
    python3 benches/peers/history.py [--files 10000] [--revisions 20]

Each file has two horizons, two outcomes, an event and what came true; each revision moves the numbers of all files. The
history is written by `git fast-import`, below a temporary folder.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from score import run

ROOT = Path(__file__).resolve().parents[2]
DAY = 86_400
# 2024-01-01, and the first horizon ends on 2024-12-31.
FIRST = 1_704_110_400


def text(number: int, chance: int, strike: int, settled: bool, day: str) -> str:
    lines = [
        f'assessment "Question {number}" {{ as of: {day}, author: "Desk {number % 7}" }}',
        "horizon near: until 2024-12-31",
        "horizon far: until 2025-12-31",
        "outcome holds",
        "outcome falls",
        f"prior {{ falls: {chance}% in near, {chance + 5}% in far, holds: rest }}",
        f'event strike "A strike" {{ chance: {strike}% by near, {strike + 10}% by far, weight for falls: moderate }}',
    ]
    if settled:
        came = "falls" if random.Random(number).random() < 0.3 else "holds"
        lines.append(f"resolved: {came} in near on 2025-01-02")
    return "\n".join(lines) + "\n"


def history(folder: Path, files: int, revisions: int) -> None:
    """Writes the repository."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    pipe = subprocess.Popen(["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE)
    out = pipe.stdin
    dice = random.Random(1)
    for revision in range(revisions):
        at = FIRST + revision * 15 * DAY
        last = revision == revisions - 1
        if last:
            at = FIRST + 380 * DAY
        day = time.strftime("%Y-%m-%d", time.gmtime(FIRST + min(revision, 22) * 15 * DAY))
        message = f"Revision {revision}\n".encode()
        out.write(b"commit refs/heads/main\ncommitter Desk <desk@example.org> %d +0000\n" % at)
        out.write(b"data %d\n%s" % (len(message), message))
        for number in range(files):
            body = text(number, dice.randrange(10, 60), dice.randrange(5, 60), last, day).encode()
            out.write(b"M 100644 inline desk-%d/q%d.assess\ndata %d\n%s\n" % (number % 40, number, len(body), body))
        out.write(b"\n")
    out.close()
    if pipe.wait():
        sys.exit("git fast-import failed")
    subprocess.run(["git", "-C", str(folder), "reset", "-q", "--hard"], check=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=10_000)
    options.add_argument("--revisions", type=int, default=20)
    options.add_argument("--assess", default=str(ROOT / "target/release/assess"))
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        history(Path(folder), asked.files, asked.revisions)
        print("| | wall | processor | memory |\n|---|---:|---:|---:|")
        for name, arguments in (("last", []), ("time-weighted", ["--time-weighted"])):
            command = [asked.assess, "score", ".", "--format", "json", *arguments]
            took, cpu, memory, _ = run(command, folder)
            print(f"| {name} | {took:.1f} s | {cpu:.1f} s | {memory:.0f} MB |")


if __name__ == "__main__":
    main()
