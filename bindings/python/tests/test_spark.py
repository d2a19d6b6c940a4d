"""Spark says what the command says, with several workers of which one is killed on the way."""

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest

import assess
from conftest import COMMAND

pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed: Spark is not tested")
pytest.importorskip("pyarrow")
if shutil.which("java") is None:
    pytest.skip("there is no Java: Spark is not tested", allow_module_level=True)

import assess.spark  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

NATO = "assessments/nato.assess"
ROWS = 100_000
PARTS = 40


@pytest.fixture(scope="module")
def spark() -> "Iterator[SparkSession]":
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("assess")
    for key, value in {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "1g", "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
        "spark.python.worker.reuse": "true", "spark.log.level": "OFF",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def rows() -> List[Dict[str, Any]]:
    """Rows whose cells are true, false, null, chances; some are wrong."""
    rng = random.Random(1)
    out = []
    for i in range(ROWS):
        share = rng.choice([None, None, round(rng.random(), 2), 1.5 if i % 1000 == 0 else None])
        out.append({
            "id": i, "name": rng.choice(["a,b", "é", None]), "troops": rng.choice([True, False, None]),
            "ceasefire": rng.choice([True, False, None]), "congress": rng.choice([True, False, None]),
            "prior of exit by long": share,
        })
    return out


def descendants(pid: int) -> Iterator[int]:
    """The processes that a process started, and theirs."""
    for folder in Path("/proc").iterdir():
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == pid:
            yield int(folder.name)
            yield from descendants(int(folder.name))


def executors() -> List[int]:
    """The executors that this very process's Spark started."""
    found = []
    for pid in set(descendants(os.getpid())):
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in line and b"--executor-id" in line:
            found.append(pid)
    return sorted(found)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked up in /proc")
def test_nothing_is_lost_or_doubled_when_a_worker_is_killed(spark: "SparkSession", tmp_path: Path) -> None:
    given = rows()
    names = list(given[0])
    with open(tmp_path / "rows.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        text = lambda v: "" if v is None else str(v).lower() if isinstance(v, bool) else v
        writer.writerows([text(row[n]) for n in names] for row in given)
    done = subprocess.run(
        [COMMAND, "batch", NATO, "--table", str(tmp_path / "rows.csv"), "-o", str(tmp_path / "out.csv")],
        capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    schema = ("id int, name string, troops boolean, ceasefire boolean, congress boolean, "
              "`prior of exit by long` double")
    tuples = [tuple(row[n] for n in names) for row in given]
    frame = spark.createDataFrame(tuples, schema).repartition(PARTS)
    found = assess.spark.evaluate(frame, NATO)
    assert found.columns[:len(names)] == names and found.columns[-1] == "error"
    assert dict(found.dtypes)["exit by long"] == "double" and dict(found.dtypes)["leader in long"] == "string"

    tracker = spark.sparkContext.statusTracker()
    killed: List[int] = []
    over = threading.Event()

    def kill() -> None:
        while not over.is_set() and not killed:
            for stage in tracker.getActiveStageIds():
                info = tracker.getStageInfo(stage)
                if info and info.numTasks == PARTS and 2 <= info.numCompletedTasks < PARTS // 2:
                    running = executors()
                    if len(running) == 2:
                        os.kill(running[0], signal.SIGKILL)
                        killed.append(running[0])
            time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        collected = found.collect()
    finally:
        over.set()
        killer.join()
    assert killed, "it was over before a worker could be killed"
    with open(tmp_path / "out.csv", newline="", encoding="utf-8") as file:
        wanted = {int(row["id"]): row for row in csv.DictReader(file)}
    assert len(collected) == ROWS == len(wanted)
    assert sorted(row["id"] for row in collected) == list(range(ROWS))
    new = found.columns[len(names):]
    for row in collected:
        theirs = wanted[row["id"]]
        for name, own in zip(new, row[len(names):]):
            if isinstance(own, float):
                assert abs(own - float(theirs[name])) <= 1e-9, (row["id"], name)
            else:
                assert (own or "") == theirs[name], (row["id"], name)
    assert {row["name"] for row in collected} == {"a,b", "é", None}
    assert any(row["error"] for row in collected)


def test_what_is_wrong_is_said_at_once(spark: "SparkSession") -> None:
    frame = spark.createDataFrame([(True,)], "ceasefires boolean")
    with pytest.raises(assess.AssessError, match="did you mean `ceasefire`"):
        assess.spark.evaluate(frame, NATO)
    empty = spark.createDataFrame([], "ceasefire boolean")
    assert assess.spark.evaluate(empty, assess.load(NATO)).collect() == []


def test_files_that_use_others_travel(spark: "SparkSession", tmp_path: Path) -> None:
    (tmp_path / "shared.assess").write_text(Path("examples/shared.assess").read_text())
    (tmp_path / "use.assess").write_text(Path("examples/use.assess").read_text())
    file = assess.load(tmp_path / "use.assess")
    found = assess.spark.evaluate(spark.createDataFrame([(None,)], "ceasefire boolean"), file)
    (tmp_path / "shared.assess").unlink()
    row = found.collect()[0].asDict()
    assert row["error"] is None and any(isinstance(value, float) for value in row.values())
