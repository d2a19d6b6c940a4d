#!/usr/bin/env python3
"""`assess.spark.evaluate` on one executor and on two, each of one core and 1 GB: `local-cluster`.

    python benches/python/spark.py [--rows 200000] [--intervals]

Needs PySpark, PyArrow and Java. Every row has numbers of its own, so that nothing is looked up. The rows are made on the
executors, and what is written goes nowhere; the median of three runs after one that starts the workers.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import assess.spark
from pyspark.sql import SparkSession
from pyspark.sql import functions as of

NATO = str(Path(__file__).resolve().parents[2] / "assessments/nato.assess")


def descendants(pid: int) -> "set[int]":
    """The processes that a process started, and theirs."""
    found = set()
    for folder in Path("/proc").iterdir():
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == pid:
            found |= {int(folder.name)} | descendants(int(folder.name))
    return found


def work() -> float:
    """The processor time of the cluster so far: what else runs on the machine does not change it."""
    ticks = 0
    for pid in descendants(os.getpid()):
        try:
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def run(executors: int, rows: int, intervals: bool) -> "tuple[float, float]":
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
                "spark.executor.memory": "1g", "spark.log.level": "OFF",
                "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    frame = spark.range(0, rows, 1, 16).select(
        "id", (of.col("id") / (2.0 * rows)).alias("prior of exit by long"), (of.col("id") % 2 == 0).alias("ceasefire"))
    times, works = [], []
    for _ in range(4):
        begin, before = time.perf_counter(), work()
        # Anew each time: Spark keeps what it has counted.
        assess.spark.evaluate(frame, NATO, intervals=intervals).write.format("noop").mode("overwrite").save()
        times.append(time.perf_counter() - begin)
        works.append(work() - before)
    spark.stop()
    return statistics.median(times[1:]), statistics.median(works[1:])


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=200_000)
    arguments.add_argument("--intervals", action="store_true")
    given = arguments.parse_args()
    one, two = (run(n, given.rows, given.intervals) for n in (1, 2))
    print(f"{given.rows:,} rows: {one[0]:.1f} s on one executor, {two[0]:.1f} s on two: {one[0] / two[0]:.2f} times")
    print(f"processor time: {one[1]:.1f} s and {two[1]:.1f} s")


if __name__ == "__main__":
    main()
