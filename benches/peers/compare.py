"""Runs every tool on every model, checks that they agree, prints the tables: see README.md."""

import json
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
WORK = pathlib.Path(sys.argv[1]).absolute()
PYTHON = str(WORK / "venv/bin/python")
# Longer than this is no answer.
PATIENCE = 40
ROUNDS = 3


def bench():
    """The newest build of `benches/peer.rs`."""
    built = ROOT.glob("target/release/deps/peer-*")
    return str(max((p for p in built if not p.suffix), key=lambda p: p.stat().st_mtime))


def python(script):
    return lambda model, times: [PYTHON, str(HERE / script), f"{model}.json", str(times)]


def squiggle(model, times):
    return ["node", "squiggle.mjs", f"{model}.json", str(times)]


def ours(*draws):
    binary = bench()
    return lambda model, times: [binary, f"{model}.assess", str(times), *draws]


def evaluation(*draws):
    """What a user runs: text in, a page out."""
    binary = str(ROOT / "target/release/assess")
    return lambda model: [binary, "eval", f"{model}.assess", *draws]


EXACT = {
    "NumPy, doubling arrays": python("numpy_events.py"),
    "NumPy, a matrix of states": python("numpy_brute.py"),
    "pyAgrum": python("pyagrum_events.py"),
    "pgmpy": python("pgmpy_events.py"),
    "Squiggle": squiggle,
    "ProbLog": python("problog_events.py"),
}
DRAWS = {"NumPy": python("numpy_ranges.py"), "Squiggle": squiggle}


def run(command):
    """Seconds of the whole process, and what it prints; None where it gives no answer."""
    start = time.perf_counter()
    try:
        done = subprocess.run(command, cwd=WORK, capture_output=True, timeout=PATIENCE, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return time.perf_counter() - start, done.stdout


def measure(solver, model):
    """Median seconds of a solve and of a process, and the verdict; None without an answer."""
    first = run(solver(model, 1))
    if first is None:
        return None
    solved = json.loads(first[1])
    # As many solves as fit into about a second.
    times = max(1, min(101, int(1 / max(solved["seconds"], 1e-9))) | 1)
    solves, processes = [], []
    for _ in range(ROUNDS if first[0] < 5 else 1):
        answer = run(solver(model, times))
        whole = run(solver(model, 1))
        if answer is None or whole is None:
            return None
        solves.append(json.loads(answer[1])["seconds"])
        processes.append(whole[0])
    return statistics.median(solves), statistics.median(processes), solved["verdict"]


def agree(ours, theirs, within):
    pairs = zip(flat(ours), flat(theirs), strict=False)
    return all(abs(a - b) <= within for a, b in pairs)


def flat(value):
    return [x for v in value for x in flat(v)] if isinstance(value, list) else [value]


def milliseconds(seconds):
    ms = seconds * 1000
    return f"{ms:,.0f}" if ms >= 100 else f"{ms:.1f}" if ms >= 1 else f"{ms:.3f}"


def table(title, model, peers, draws, within):
    print(f"\n{title}\n")
    print("| tool | solve, ms | against ours | process, ms | against ours |")
    print("|---|--:|--:|--:|--:|")
    mine = measure(ours(*draws), model)
    flags = ["--draws", draws[0]] if draws else []
    process = statistics.median(run(evaluation(*flags)(model))[0] for _ in range(4 * ROUNDS))
    print(f"| assess | {milliseconds(mine[0])} | 1 | {milliseconds(process)} | 1 |")
    for name, solver in peers.items():
        found = measure(solver, model)
        if found is None:
            print(f"| {name} | no answer within {PATIENCE} s | | | |")
            continue
        solve, whole, verdict = found
        if not agree(mine[2], verdict, within):
            sys.exit(f"{name} disagrees on {model}: {verdict} against {mine[2]}")
        print(
            f"| {name} | {milliseconds(solve)} | {solve / mine[0]:,.0f} "
            f"| {milliseconds(whole)} | {whole / process:,.0f} |"
        )


table("12 events, 3 outcomes, 3 horizons, exact", "events12", EXACT, (), 1e-9)
quick = {name: solver for name, solver in EXACT.items() if name not in ("Squiggle", "ProbLog")}
table("20 events, 3 outcomes, 3 horizons, exact", "events20", quick, (), 1e-9)
table("8 events, 3 outcomes, 3 horizons, exact", "events8", {"ProbLog": EXACT["ProbLog"]}, (), 1e-9)
table("36 log-normal weights, 100,000 draws", "ranges36", DRAWS, ("100000",), 0.01)
