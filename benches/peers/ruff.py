#!/usr/bin/env python3
"""A tree of assessments under `assess check`, beside as many bytes of Python under `ruff check`.

    cargo build --release && pip install ruff
    python3 benches/peers/ruff.py [--runs 5] [--threads 2]

The tree is 2,000 files of 20 MB: the assessments of this repository again and again, each time with
other names and other ratios of weights, so that no two files are alike and no cache can help. The
Python is the standard library's own, copied in the order of a shuffle until it has as many bytes.
Both programs run in turn; of each the run of least wall time counts. `cold` starts from an empty
cache, `cached` from a full one. Nothing is written but below a temporary folder.
"""

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES, BYTES = 2_000, 20_000_000
DRIVERS = re.compile(r"^(?:event|factor|change|assumption|scenario) (\w+)", re.M)
RATIO = re.compile(r"(?<![\w.:-])(\d{1,2})(?=:1\b)")


def assessments(folder: Path) -> int:
    """Writes the tree; the number of its bytes."""
    dice = random.Random(1)
    texts = [path.read_text() for path in sorted((ROOT / "assessments").glob("*.assess"))]
    texts.sort(key=len)
    small, large = texts[:-1], texts[-1]
    mean = sum(map(len, small)) / len(small)
    # How often the largest must come for so many bytes in so many files.
    share = (BYTES / FILES - mean) / (len(large) - mean)
    total = 0
    for n in range(FILES):
        text = large if dice.random() < share else dice.choice(small)
        for name in sorted(set(DRIVERS.findall(text)), key=len, reverse=True):
            text = re.sub(rf"(?<![\w\"]){name}(?!\w)", f"{name}_{n}", text)
        text = RATIO.sub(lambda m: f"{int(m[1]) + dice.randrange(10) / 10}", text)
        path = folder / f"desk-{n % 40:02}" / f"{n:04}.assess"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# File {n}\n{text}")
        total += path.stat().st_size
    return total


def python(folder: Path, most: int) -> int:
    """Copies files of the standard library; the number of their bytes."""
    library = Path(sysconfig.get_paths()["stdlib"])
    paths = sorted(p for p in library.rglob("*.py") if "site-packages" not in p.parts)
    random.Random(1).shuffle(paths)
    total = 0
    for n, path in enumerate(paths):
        data = path.read_bytes()
        if total + len(data) > most:
            continue
        to = folder / f"part-{n % 40:02}" / f"{n:04}_{path.name}"
        to.parent.mkdir(exist_ok=True)
        to.write_bytes(data)
        total += len(data)
    return total


def timed(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Wall and processor time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode not in (0, 1):
        raise SystemExit(f"{command} failed: {run.stderr.decode()[:400]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--assess", default=str(ROOT / "target/release/assess"))
    ask.add_argument("--ruff", default=shutil.which("ruff") or "ruff")
    ask.add_argument("--runs", type=int, default=5)
    ask.add_argument("--threads", type=int, default=os.cpu_count())
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        names = ("assess", "python", "cache")
        ours, theirs, cache = (base / name for name in names)
        for folder in (ours, theirs, cache):
            folder.mkdir()
        size = assessments(ours)
        other = python(theirs, size)
        environment = dict(
            os.environ,
            RAYON_NUM_THREADS=str(options.threads),
            ASSESS_CACHE_DIR=str(cache / "assess"),
            RUFF_CACHE_DIR=str(cache / "ruff"),
        )
        quiet = ["--fail-on", "never", "--format", "concise"]
        check = [options.assess, "check", *quiet]
        lint = [options.ruff, "check", "--isolated", "--output-format", "concise"]
        jobs = [
            ("assess check --no-cache", [*check, "--no-cache"], ours, size, False),
            ("ruff check --no-cache", [*lint, "--no-cache"], theirs, other, False),
            ("assess check, cold", check, ours, size, True),
            ("ruff check, cold", lint, theirs, other, True),
            ("assess check, cached", check, ours, size, False),
            ("ruff check, cached", lint, theirs, other, False),
        ]
        best: dict[str, tuple[float, float]] = {}
        for _ in range(options.runs):
            for name, command, folder, _, cold in jobs:
                if cold:
                    shutil.rmtree(cache / name.split()[0], ignore_errors=True)
                took = timed(command, folder, environment)
                best[name] = min(best.get(name, took), took)
        print(f"{size / 1e6:.1f} MB of assessments, {other / 1e6:.1f} MB of Python,", end=" ")
        print(f"{options.threads} threads, least of {options.runs} runs")
        speed = {}
        for name, _, _, bytes_, _ in jobs:
            wall, processor = best[name]
            speed[name] = bytes_ / wall / 1e6
            core = bytes_ / processor / 1e6
            print(f"{name:24} {wall:7.3f} s {speed[name]:8.1f} MB/s {core:8.1f} MB/s a core")
        names = [job[0] for job in jobs]
        for mine, other_name in zip(names[::2], names[1::2]):
            print(f"{mine} : {other_name} = {speed[mine] / speed[other_name]:.2f}")


if __name__ == "__main__":
    main()
