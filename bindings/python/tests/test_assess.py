"""The package says what the command line says, to the byte."""

import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import assess
from conftest import FERRY, ROOT, printed

FILES = [
    f"{folder}/{path.name}"
    for folder in ("assessments", "examples")
    for path in sorted((ROOT / folder).glob("*.assess"))
]


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("command", ["eval", "explain", "flip", "check"])
def test_same_bytes(path: str, command: str) -> None:
    file = assess.load(path)
    work = {"eval": file.evaluate, "explain": file.explain, "flip": file.flip, "check": file.check}[command]
    wanted = printed(command, path, "--format", "json")
    try:
        found = work().to_json()
    except assess.AssessError as error:
        # What is made for `use` is a report without verdicts there.
        assert wanted == "" or error.kind == "shared"
        return
    assert found.rstrip() == wanted.rstrip()


def test_objects() -> None:
    verdict = assess.loads(FERRY).evaluate()
    assert list(verdict) == ["june", "autumn"]
    running = verdict["autumn"]["running"]
    assert 0 < running.low < running.probability < running.high < 1
    assert verdict["autumn"].leader == "running"
    assert str(verdict).startswith("Will the ferry run?")
    html = verdict._repr_html_()
    assert "<table>" in html and "Leader" in html
    assert {row["outcome"] for row in verdict.to_records()} == {"docked", "running"}
    assert verdict == assess.load(FERRY).evaluate()


def test_questions() -> None:
    file = assess.loads(FERRY)
    base = file.evaluate()["autumn"]["running"].probability
    struck = file.evaluate(set="strike")["autumn"]["running"].probability
    assert struck < base
    assert file.ask("running by autumn given strike") == pytest.approx(
        file.evaluate(given="strike")["autumn"]["running"].probability
    )
    assert file.test()[0]["holds"]
    assert file.format().startswith("assessment")
    assert file.report(format="markdown").startswith(b"#")
    assert "strike" in str(file.flip())


def test_mistakes_are_told() -> None:
    broken = assess.loads(FERRY.replace("moderate", "moderat"))
    with pytest.raises(assess.AssessError) as caught:
        broken.evaluate()
    assert caught.value.kind == "mistaken"
    assert caught.value.findings[0].help == "did you mean `moderate`?"
    assert any(one.rule == "unknown-word" for one in broken.check())
    with pytest.raises(assess.AssessError, match="no file"):
        assess.load("nowhere.assess").evaluate()
    with pytest.raises(assess.AssessError) as caught:
        assess.loads(FERRY).evaluate(set="strik")
    assert caught.value.kind == "asked"


def test_batch() -> None:
    file = assess.loads(FERRY)
    rows = file.batch([{"id": "a,b", "strike": True}, {"id": 2, "strike": None}, {"id": 3, "strike": "maybe"}])
    assert rows[0]["id"] == "a,b" and rows[0]["error"] is None
    assert rows[0]["running by autumn"] == pytest.approx(
        file.evaluate(set="strike")["autumn"]["running"].probability, abs=1e-12
    )
    assert rows[1]["running by autumn"] == pytest.approx(
        file.evaluate()["autumn"]["running"].probability, abs=1e-12
    )
    assert "maybe" in rows[2]["error"] and rows[2]["leader in autumn"] is None


def test_charts() -> None:
    file = assess.load("assessments/nato.assess")
    drawn = file.chart()
    assert drawn.svg == printed("report", "assessments/nato.assess", "--chart", "outcomes")
    assert drawn._repr_svg_().startswith("<svg")
    wide, narrow = assess.loads(FERRY).chart("waterfall", outcome="running").svg, assess.loads(FERRY).chart(narrow=True).svg
    assert "running" in wide and wide != narrow
    with pytest.raises(assess.AssessError, match="pie"):
        file.chart("pie")


def test_scores(tmp_path: Path) -> None:
    table = tmp_path / "forecasts.csv"
    table.write_text("probability,result\n0.8,yes\n0.3,no\n0.6,no\n")
    found = assess.score(csv=str(table))
    assert found.to_json() == printed("score", "--csv", str(table), "--format", "json")
    with pytest.raises(assess.AssessError, match="nowhere"):
        assess.score("nowhere")
    with pytest.raises(assess.AssessError, match="no history"):
        assess.loads(FERRY).score()


def test_other_threads_go_on() -> None:
    file = assess.load("assessments/nato.assess")
    seen = []
    done = threading.Event()

    def count() -> None:
        while not done.is_set():
            seen.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    begin = time.perf_counter()
    file.flip()
    end = time.perf_counter()
    done.set()
    thread.join()
    assert any(begin < at < end for at in seen)


def test_the_command_is_installed() -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-m", "assess", *arguments], capture_output=True, text=True, check=False)

    assert run("--version").stdout.startswith("assess ")
    found = run("eval", "assessments/nato.assess", "--format", "json")
    assert json.loads(found.stdout) == assess.load("assessments/nato.assess").to_dict()
    assert run("eval", "nowhere.assess").returncode == 2


def test_cell_magic() -> None:
    from IPython.testing.globalipapp import start_ipython

    shell = start_ipython()
    shell.run_line_magic("load_ext", "assess")
    verdict = shell.run_cell_magic("assess", "ferry", FERRY)
    assert isinstance(verdict, assess.Verdict)
    assert shell.user_ns["ferry"].test()[0]["holds"]
    with pytest.raises(assess.AssessError) as caught:
        shell.run_cell_magic("assess", "", FERRY.replace("moderate", "moderat"))
    assert "help: did you mean `moderate`?" in caught.value._render_traceback_()[0]


def test_colours() -> None:
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Error

    lexer = get_lexer_by_name("assess")
    for path in FILES:
        text = (ROOT / path).read_text()
        tokens = list(lexer.get_tokens(text))
        assert "".join(value for _, value in tokens).strip() == text.strip()
        assert all(kind is not Error for kind, _ in tokens)


def test_the_words_of_the_language_have_colours() -> None:
    from assess._pygments import ITEMS

    source = (ROOT / "src/syntax/words.rs").read_text()
    listed = source.split("const ITEMS", 1)[1].split("];", 1)[0]
    assert set(re.findall(r'"(\w+)"', listed)) == set(ITEMS)


def test_views() -> None:
    file = assess.loads(FERRY + "view crew { event strike { chance: 60% by june, 70% by autumn } }\n")
    own, seen = file.evaluate(draws=0), file.evaluate(view="crew", draws=0)
    last = lambda verdict: verdict.data["horizons"][-1]["outcomes"][-1]["probability"]
    assert last(seen) < last(own)
    with pytest.raises(assess.AssessError):
        file.evaluate(view="nobody")
