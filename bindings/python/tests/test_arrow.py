"""Tables go in and out through Arrow's interface, and say what the command says."""

import csv
import io
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import assess
from conftest import COMMAND, FERRY, ROOT, printed

pyarrow = pytest.importorskip("pyarrow")
NATO = "assessments/nato.assess"


def by_command(path: str, table: "pyarrow.Table", where: Path, *options: str) -> "list[dict[str, str]]":
    """The rows that ``assess batch`` gives for the same table as CSV."""
    names = table.column_names
    with open(where / "rows.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in table.to_pylist():
            writer.writerow("" if row[n] is None else str(row[n]).lower() if isinstance(row[n], bool) else row[n] for n in names)
    done = subprocess.run([COMMAND, "batch", path, "--table", str(where / "rows.csv"), *options],
                          capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def same(found: "pyarrow.Table", wanted: "list[dict[str, str]]", new: "list[str]") -> None:
    assert found.num_rows == len(wanted)
    for own, theirs in zip(found.select(new).to_pylist(), wanted):
        for name in new:
            if isinstance(own[name], float):
                assert own[name] == float(theirs[name]), name
            else:
                assert (own[name] or "") == theirs[name], name


def table(rows: int) -> "pyarrow.Table":
    rng = random.Random(rows)
    pick = lambda *of: [rng.choice(of) for _ in range(rows)]
    return pyarrow.table({
        "id": list(range(rows)),
        "troops": pick(True, False, None),
        "ceasefire": pick("true", "0.3", "30%", "", None, "perhaps", "likely"),
        "congress": pick(True, False, None),
        "weight of congress for exit": pick(5.0, -2.5, None, 0.1 + 0.2),
        "prior of exit by long": pick(0.2, None, 1.5),
    })


def test_the_same_as_the_command_to_the_last_digit(tmp_path: Path) -> None:
    rows = table(300)
    found = assess.batch(NATO, rows)
    own = pyarrow.table(found)
    assert own.column_names[:6] == rows.column_names and own.select(rows.column_names).equals(rows)
    new = own.column_names[6:]
    wanted = by_command(NATO, rows, tmp_path)
    assert list(wanted[0])[6:] == new
    same(own, wanted, new)
    errors = [e for e in own["error"].to_pylist() if e]
    assert found.wrong == len(errors) > 0 and any("perhaps" in e for e in errors)


def test_intervals_and_contributions(tmp_path: Path) -> None:
    rows = table(12)
    own = pyarrow.table(assess.batch(NATO, rows, intervals=True, explain=True, prefix="v "))
    new = own.column_names[6:]
    same(own, by_command(NATO, rows, tmp_path, "--intervals", "--explain", "--prefix", "v "), new)
    assert any(name.startswith("v points of") for name in new)


def test_neither_threads_nor_pieces_nor_chunks_matter() -> None:
    rows = table(4300)
    one = pyarrow.table(assess.batch(NATO, rows, threads=1)).combine_chunks()
    two = pyarrow.table(assess.batch(NATO, pyarrow.concat_tables([rows[:7], rows[7:4200], rows[4200:]]), threads=3))
    assert one.equals(two.combine_chunks())
    stream = assess.load(NATO).stream(rows)
    assert pyarrow.table(stream).combine_chunks().equals(one)
    with pytest.raises(ValueError, match="read already"):
        pyarrow.table(stream)


def test_whoever_has_tables() -> None:
    pandas, polars, duckdb = (pytest.importorskip(name) for name in ("pandas", "polars", "duckdb"))
    ferry = assess.loads(FERRY)
    data = {"port": ["a", "b", "c"], "strike": [True, None, False], "trials": [True, False, None]}
    wanted = pyarrow.table(assess.batch(ferry, pyarrow.table(data))).to_pylist()
    frame = pandas.DataFrame({**data, "strike": pandas.array(data["strike"], dtype="boolean"),
                              "trials": pandas.array(data["trials"], dtype="boolean")})
    connection = duckdb.connect()
    connection.register("ports", pyarrow.table(data))
    for given in (frame, polars.DataFrame(data), connection.sql("select * from ports")):
        found = assess.batch(ferry, given)
        assert pyarrow.table(found).to_pylist() == wanted
    # Numbers and categories of other programs mean what they say.
    odd = polars.DataFrame({"strike": [1, 0, None], "trials": ["yes", "no", ""]},
                           schema={"strike": polars.Int8, "trials": polars.Categorical})
    fewer = [{k: v for k, v in row.items() if k not in ("port", "strike", "trials")} for row in wanted]
    found = pyarrow.table(assess.batch(ferry, odd)).to_pylist()
    assert found[0]["running by june"] == fewer[0]["running by june"]
    with pytest.raises(TypeError, match="collect"):
        assess.batch(ferry, polars.LazyFrame(data))
    with pytest.raises(TypeError, match="int is no table"):
        assess.batch(ferry, 3)

    def check(found: assess.Table, rows: int) -> None:
        assert len(pandas.DataFrame.from_arrow(found)) == rows
        assert polars.from_arrow(found).struct.unnest().height == rows
        assert polars.DataFrame(found).columns == found.column_names
        connection.register("found", pyarrow.table(found))
        assert connection.sql("select count(*) from found").fetchall() == [(rows,)]

    check(assess.batch(ferry, frame), 3)
    check(ferry.evaluate().to_arrow(), len(list(csv.reader(io.StringIO(ferry.evaluate().text("csv"))))) - 1)


def test_duckdb_takes_results_as_they_are() -> None:
    duckdb = pytest.importorskip("duckdb")
    found = assess.loads(FERRY).evaluate().to_arrow()
    assert duckdb.sql("select count(*) from found where leads").fetchall() == [(2,)]


def test_results_are_tables() -> None:
    nato = assess.load(NATO)
    verdict = nato.evaluate()
    own = pyarrow.table(verdict)
    lines = list(csv.DictReader(io.StringIO(printed("eval", NATO, "--format", "csv"))))
    same(own.select(["horizon", "outcome", "probability", "low", "high", "margin", "term", "name"]), lines,
         ["horizon", "outcome", "probability", "low", "high", "margin", "term", "name"])
    assert [str(field.type) for field in own.schema][7:11] == ["bool", "double", "double", "double"]
    explained = nato.explain()
    reasons = pyarrow.table(explained.to_arrow()).to_pylist()
    data = explained.to_dict()["drivers"]
    assert len(reasons) == sum(len(at["outcomes"]) for d in data for at in d["horizons"])
    assert reasons[0]["points"] == data[0]["horizons"][0]["outcomes"][0]["points"]
    tips = pyarrow.table(nato.flip())
    assert {"prior", "events", "evidence", "change"} <= set(tips["kind"].to_pylist())
    sets = [row for row in tips.to_pylist() if row["kind"] == "evidence"]
    assert all(row["leader"] and ": " in row["name"] for row in sets)
    found = pyarrow.table(assess.loads(FERRY.replace("moderate", "moderat")).check()).to_pylist()
    assert found[0]["severity"] == "error" and found[0]["help"] == "did you mean `moderate`?" and found[0]["line"] == 9


def test_scores_are_tables(tmp_path: Path) -> None:
    (tmp_path / "forecasts.csv").write_text("probability,result\n0.8,yes\n0.3,no\n0.6,no\n")
    found = assess.score(csv=str(tmp_path / "forecasts.csv"))
    assert pyarrow.table(found)["brier"].to_pylist() == [found.to_dict()["scores"][0]["brier"]]
    bins = pyarrow.table(found.calibration()).to_pylist()
    wide = [row for row in bins if row["bins"] == "equal_width"]
    data = found.to_dict()["calibration"]["equal_width"]
    assert [(row["low"], row["said"], row["came"]) for row in wide] == [
        (one["from"], one["said"], one["came"]["value"]) for one in data]
    assert sum(row["count"] for row in wide) == 3 and {row["bins"] for row in bins} == {"equal_width", "equal_mass"}
    assert all(row["came_low"] <= row["came"] <= row["came_high"] for row in bins)


def test_words_stand_beside_bins() -> None:
    came = {"value": 0.7, "low": 0.4, "high": 0.9}
    word = {"scale": "icd203", "word": "likely", "low": 0.55, "high": 0.8, "cases": 10, "true_count": 7.0, "came": came}
    rows = list(assess._table.calibration({"calibration": None, "words": [word]}))
    assert [(row["bins"], row["word"], row["count"], row["came_high"]) for row in rows] == [("words", "likely", 10, 0.9)]


def test_every_file_makes_tables() -> None:
    for path in sorted([*(ROOT / "assessments").glob("*.assess"), *(ROOT / "examples").glob("*.assess")]):
        file = assess.load(path)
        try:
            made = [file.evaluate(draws=0), file.explain(draws=0), file.check()]
            # What flips takes longest, and is much the same in each.
            made += [file.flip()] if path.parent.name == "examples" else []
        except assess.AssessError as error:
            assert error.kind == "shared"
            continue
        for one in made:
            schema = pyarrow.schema(one.to_arrow())
            assert pyarrow.table(one).schema.equals(schema)


def test_tables_that_are_wrong() -> None:
    ferry = assess.loads(FERRY)
    with pytest.raises(assess.AssessError, match=r"did you mean `strike`\? \(`keep=\[\"strikes\"\]` passes it through\)"):
        assess.batch(ferry, pyarrow.table({"strikes": [True]}))
    with pytest.raises(assess.AssessError, match="did you mean `chance of strike by june`"):
        assess.batch(ferry, pyarrow.table({"strike": [True], "chance_of_strike_by_june": [0.5]}))
    with pytest.raises(assess.AssessError, match=r"`strike` holds lists.*`keep=\[\"strike\"\]`"):
        assess.batch(ferry, pyarrow.table({"strike": [[True]]}))
    with pytest.raises(assess.AssessError, match="already.*prefix"):
        assess.batch(ferry, pyarrow.table({"strike": [True], "running by june": [0.5]}))
    with pytest.raises(assess.AssessError) as caught:
        assess.batch(assess.loads(FERRY.replace("moderate", "moderat")), pyarrow.table({"strike": [True]}))
    assert caught.value.kind == "mistaken" and caught.value.findings
    empty = pyarrow.table(assess.batch(ferry, pyarrow.table({"strike": pyarrow.array([], pyarrow.bool_())})))
    assert empty.num_rows == 0 and "error" in empty.column_names
    # A column of which nothing is known.
    nothing = pyarrow.table({"strike": pyarrow.nulls(2), "when": [None, 3]})
    assert pyarrow.table(assess.batch(ferry, nothing))["running by june"].to_pylist() == [
        ferry.evaluate(draws=0)["june"]["running"].probability] * 2


def test_assessments_travel(tmp_path: Path) -> None:
    path = "examples/use.assess"
    there = pickle.loads(pickle.dumps(assess.load(path)))
    assert there.evaluate().data["horizons"] == assess.load(path).evaluate().data["horizons"]


def test_notebooks_show_tables() -> None:
    data = {"<port>": [*"abcdefghijkl"], "day": [1] * 12, "strike": [True] * 12}
    rows = pyarrow.table(data).set_column(1, "day", pyarrow.array(data["day"], pyarrow.date32()))
    html = assess.batch(assess.loads(FERRY), rows)._repr_html_()
    assert html.count("<tr>") == 11 and "&lt;port&gt;" in html and "… and 2 more" in html and "1970-01-02" in html


def test_whatever_hands_out_arrays_is_a_table() -> None:
    class Array:
        def __init__(self, batch: "pyarrow.RecordBatch") -> None:
            self.batch = batch

        def __arrow_c_array__(self, requested_schema: object = None) -> object:
            return self.batch.__arrow_c_array__(requested_schema)

    ferry = assess.loads(FERRY)
    rows = pyarrow.record_batch({"strike": [True, None, False], "note": ["a", None, "c"]})
    wanted = pyarrow.table(assess.batch(ferry, pyarrow.table(rows)))
    assert pyarrow.table(ferry.batch(Array(rows))).equals(wanted)


def test_columns_come_in_the_types_that_are_asked_for() -> None:
    found = assess.batch(assess.loads(FERRY), pyarrow.table({"strike": [True, None]}))
    own = pyarrow.table(found)
    wanted = pyarrow.schema([(f.name, pyarrow.large_string() if f.type == pyarrow.string() else f.type) for f in own.schema])
    capsule = found.__arrow_c_stream__(wanted.__arrow_c_schema__())

    class Once:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return capsule

    assert pyarrow.table(Once()).equals(own.cast(wanted))
    # What cannot be is a wish, and what is handed out says what it is.
    odd = pyarrow.schema([(name, pyarrow.date32()) for name in own.column_names])
    capsule = found.__arrow_c_stream__(odd.__arrow_c_schema__())
    assert pyarrow.table(Once()).equals(own)


def test_columns_pass_through_as_they_are() -> None:
    zoned = pyarrow.array([0, None], pyarrow.timestamp("us", "Europe/Berlin"))
    rows = pyarrow.table({"strike": [True, None], "when": zoned, "kind": pyarrow.array(["a", "b"]).dictionary_encode(),
                          "list": [[1], None]})
    found = assess.batch(assess.loads(FERRY), rows)
    own = pyarrow.table(found).select(rows.column_names)
    assert own.equals(rows)
    # Where they lay.
    first = [column.chunk(0).buffers()[-1].address for column in (own["strike"], rows["strike"])]
    assert first[0] == first[1]
    assert "1970-01-01T01:00:00+01:00" in found._repr_html_()


def test_categories_of_pandas_are_what_they_are_of() -> None:
    pandas = pytest.importorskip("pandas")
    ferry = assess.loads(FERRY)
    plain = pandas.DataFrame({"strike": pandas.array([True, False, None, True], dtype="boolean")})
    wanted = pyarrow.table(assess.batch(ferry, plain))["running by june"]
    frame = pandas.DataFrame({"strike": pandas.Categorical([True, False, None, True])})
    assert pyarrow.table(assess.batch(ferry, frame))["running by june"].equals(wanted)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks there")
def test_processes_that_were_forked_off_answer() -> None:
    script = (
        "import assess, multiprocessing, pyarrow\n"
        f"nato = assess.load({NATO!r})\n"
        "rows = pyarrow.table({'prior of exit by long': [i / 1e4 for i in range(3000)]})\n"
        "def work(n):\n"
        "    return nato.explain().to_json(), pyarrow.table(nato.batch(rows)).column(3).to_pylist(), nato.evaluate().to_json()\n"
        "own = work(0)\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "    print(all(other == own for other in pool.map(work, range(4))))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout == "True\n", done.stderr


def interrupted(prepare: str, work: str, after: float) -> "subprocess.Popen[str]":
    """A process that was interrupted so many seconds after it had begun to work: it says so, and later whether it is idle."""
    script = (
        f"import assess, sys, time\n{prepare}\n"
        "print('begun', flush=True)\n"
        f"try:\n    {work}\n"
        "except KeyboardInterrupt:\n"
        "    print('answered', flush=True)\n"
        "    time.sleep(10)\n"
        "    before = time.process_time()\n"
        "    time.sleep(1)\n"
        "    print('idle' if time.process_time() - before < 0.5 else 'busy')\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "begun\n"
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
@pytest.mark.parametrize(("work", "factors"), [("flip()", 0), ("explain()", 0), ("explain()", 20)])
def test_interrupting_a_question_is_answered_at_once_and_ends_the_work(work: str, factors: int, tmp_path: Path) -> None:
    # Seconds of work, begun again and again; over factors one answer alone takes them.
    events = "".join(f"event e{i} {{ chance: {5 + i}% by june, {8 + i}% by year, {11 + i}% by late, "
                     f"weight for b: {3 + i % 5} dB, weight {('for', 'against')[i % 2]} c: 2 dB }}\n" for i in range(0 if factors else 12))
    events += "".join(f"factor f{i} {{ holds: {30 + i}%, weight for {('c', 'b')[i % 2]}: {2 + i % 3}:1 }}\n" for i in range(factors))
    (tmp_path / "long.assess").write_text(
        'assessment "Q" { as of: 2025-03-01 }\nhorizon june "J": until 2025-06-30\nhorizon year "Y": until 2025-12-31\n'
        'horizon late "L": until 2026-12-31\noutcome a "A"\noutcome b "B"\nfinal outcome c "C"\n'
        "prior { a: 60%, b: rest, c: 10% by june, 15% by year, 20% by late }\n" + events)
    prepare = f"file = assess.load({str(tmp_path / 'long.assess')!r})"
    process = interrupted(prepare, f"while True:\n        file.{work}", 1)
    begin = time.monotonic()
    assert process.stdout
    answered = process.stdout.readline()
    assert answered == "answered\n" and time.monotonic() - begin < 1
    assert process.stdout.read() == "idle\n"
    process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_interrupting_ends_the_wait_and_the_work() -> None:
    prepare = "import pyarrow\nrows = pyarrow.table({'prior of exit by long': [i / 1e6 for i in range(100_000)]})"
    process = interrupted(prepare, f"assess.batch({NATO!r}, rows, intervals=True)", 1.5)
    assert process.stdout and process.stdout.readline() == "answered\n"
    assert process.stdout.read() == "idle\n"
    process.wait()
