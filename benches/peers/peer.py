"""What the peers in Python share: read a model, solve it so many times, print times and verdict."""

import json
import statistics
import sys
import time


def run(solve):
    """`peer.py MODEL.json TIMES`: prints the median time of a solve in seconds and the last verdict."""
    with open(sys.argv[1]) as file:
        model = json.load(file)
    times = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        verdict = solve(model)
        times.append(time.perf_counter() - start)
    print(json.dumps({"seconds": statistics.median(times), "verdict": verdict}))
