#!/usr/bin/env python3
"""`assess.spark.evaluate` on one executor and on two, each of one core and 1 GB: `local-cluster`.

    python benches/python/spark.py [--rows 200000] [--intervals]

Needs PySpark, PyArrow and Java. Every row has numbers of its own, so that nothing is looked up. The rows are made on the
executors and counted there; the median of three runs after one that starts the workers.
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


def run(executors: int, rows: int, intervals: bool) -> float:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
    settings = {"spark.ui.enabled": "false", "spark.executor.memory": "1g", "spark.log.level": "OFF",
                "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    frame = spark.range(0, rows, 1, 16).select(
        "id", (of.col("id") / (2.0 * rows)).alias("prior of exit by long"), (of.col("id") % 2 == 0).alias("ceasefire"))
    found = assess.spark.evaluate(frame, NATO, intervals=intervals).agg(of.count("*"), of.sum("exit by long"))
    times = []
    for _ in range(4):
        begin = time.perf_counter()
        count, _ = found.collect()[0]
        times.append(time.perf_counter() - begin)
        assert count == rows
    spark.stop()
    return statistics.median(times[1:])


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=200_000)
    arguments.add_argument("--intervals", action="store_true")
    given = arguments.parse_args()
    one, two = (run(n, given.rows, given.intervals) for n in (1, 2))
    print(f"{given.rows:,} rows: {one:.1f} s on one executor, {two:.1f} s on two: {one / two:.2f} times")


if __name__ == "__main__":
    main()
