#!/usr/bin/env python3
"""What Python adds: the time of `import assess`, and that of `evaluate()` over the library's own.

    python benches/python/overhead.py

With the package installed from a wheel. Ends with status 1 where an aim is missed: 50 ms and 0.3 ms.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import assess
from assess import _assess

NATO = str(Path(__file__).resolve().parents[2] / "assessments/nato.assess")
ROUNDS = 100


def started(code: str) -> float:
    """How many seconds a process takes that does this."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", code], check=True)
    return time.perf_counter() - begin


def main() -> int:
    # One by one, so that a busy machine does the same to both.
    pairs = [(started("import assess"), started("pass")) for _ in range(15)]
    importing = statistics.median(a - b for a, b in pairs)
    assess.load(NATO).evaluate()
    own, added = [], []
    for _ in range(ROUNDS):
        # The same call tells what the library alone took: two calls differ by more than what is measured.
        inside = []

        def ask(format: str, width: int) -> str:
            seconds, text = _assess.native(NATO)
            inside.append(seconds)
            return text

        begin = time.perf_counter()
        assess.Verdict(ask)
        own.append(time.perf_counter() - begin)
        added.append(own[-1] - inside[0])
    print(f"import assess: {importing * 1000:.1f} ms")
    print(f"evaluate() of NATO: {statistics.median(own) * 1000:.1f} ms, of these added by Python "
          f"{statistics.median(added) * 1000:.3f} ms")
    added = statistics.median(added)
    return int(importing > 0.05 or added > 0.0003)


if __name__ == "__main__":
    sys.exit(main())
