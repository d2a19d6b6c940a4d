"""What the README shows runs, block after block, in one session."""

import re

import pytest

from conftest import ROOT

PAGE = (ROOT / "bindings/python/README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "polars", "duckdb", "pyarrow"):
        pytest.importorskip(name)
    monkeypatch.chdir(ROOT / "assessments")
    session: "dict[str, object]" = {}
    for block in BLOCKS:
        if "pyspark" not in block:
            exec(compile(block, "README.md", "exec"), session)
    assert session["wrong"] == 0
