"""Assessments about the future that can be read, run, questioned and corrected.

>>> import assess
>>> ferry = assess.load("ferry.assess")                # doctest: +SKIP
>>> ferry.evaluate()["autumn"]["running"].probability  # doctest: +SKIP
0.797...
"""

from __future__ import annotations

import json
import os
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union, overload

from . import _assess
from ._errors import AssessError, Finding, call, output
from ._results import Chart, Explanation, Findings, Horizon, Outcome, Score, TippingPoints, Verdict
from ._table import How, Stream, Table, given

__all__ = [
    "Assessment", "AssessError", "Chart", "Explanation", "Finding", "Findings", "Horizon", "Outcome", "Score", "Stream",
    "Table", "TippingPoints", "Verdict", "batch", "load", "loads", "score",
]
__version__: str = _assess.version

Texts = Union[str, Sequence[str], None]


def _options(asked: Mapping[str, Any]) -> List[str]:
    out: List[str] = []
    for key, value in asked.items():
        if value is None or value is False:
            continue
        name = "--" + key.rstrip("_").replace("_", "-")
        if value is True:
            out.append(name)
            continue
        for one in value if isinstance(value, (list, tuple)) else [value]:
            out.append(f"{name}={one}")
    return out


def _texts(value: Texts) -> List[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


class Assessment:
    """One file, from disk or from a text."""

    def __init__(self, path: str, texts: Optional[Dict[str, str]] = None) -> None:
        self.path = path
        self._texts = texts
        self._files = _assess.Workspace(texts is None)
        for name, text in (texts or {}).items():
            call(self._files.open, name, text)

    @property
    def text(self) -> str:
        """Its text."""
        return call(self._files.text, self.path)

    def check(self) -> Findings:
        """Every mistake and every finding of the linter."""
        return Findings(lambda format, width: call(self._files.check, self.path, format, width))

    def evaluate(self, view: Optional[str] = None, **asked: Any) -> Verdict:
        """How likely each outcome is at each horizon; with ``view``, as that view of the file has it.

        Takes ``given``, ``under``, ``set``, ``with_``, ``without``, ``horizons``, ``outcomes``, ``as_of``, ``vague``,
        ``draws``, ``seed``, ``method`` and ``samples``: the options of ``assess eval``.
        """
        asking = _asking({"view": view, **asked})
        return Verdict(lambda *how: call(self._files.evaluate, self.path, asking, *how))

    def explain(self, view: Optional[str] = None, **asked: Any) -> Explanation:
        """Why it is so; what is asked as for :meth:`evaluate`."""
        asking = _asking({"view": view, **asked})
        return Explanation(lambda *how: call(self._files.explain, self.path, asking, *how))

    def flip(self, until: Optional[str] = None, view: Optional[str] = None, **asked: Any) -> TippingPoints:
        """What would change the leader or, with ``until``, the answer of an expectation."""
        asking = _asking({"view": view, **asked})
        return TippingPoints(lambda *how: call(self._files.flip, self.path, asking, until, *how))

    def ask(self, query: str) -> Optional[float]:
        """The chance of a query, ``exit by long given ceasefire``; None where its condition cannot hold."""
        return call(self._files.ask, self.path, query)

    def test(self) -> List[Dict[str, Any]]:
        """Each ``expect`` of the file, its value and whether it ``holds``."""
        return self.evaluate(draws=0).expectations

    def format(self) -> str:
        """The text in the one layout."""
        return call(self._files.format, self.path)

    def report(self, format: str = "html", brief: bool = False, lang: Optional[str] = None, **asked: Any) -> bytes:
        """A report, as the bytes of a file: ``html``, ``markdown``, ``json`` or ``docx``."""
        wanted = {"format": format, "brief": brief, "lang": lang, "asking": _asked(asked)}
        return bytes(call(self._files.report, self.path, json.dumps(wanted)))

    def chart(self, kind: str = "outcomes", **options: Any) -> Chart:
        """A chart: ``outcomes``, ``events``, ``waterfall``, ``tornado``, ``fan`` or ``views``.

        Takes the options of ``assess report --chart``: ``horizon``, ``outcome``, ``narrow``, ``under``, ``with_``,
        ``without`` and the like.
        """
        path, data = (self.path, b"") if self._texts is None else ("-", self.text.encode())
        return Chart(output(["report", f"--chart={kind}", *_options(options), "--", path], data))

    def score(self, **options: Any) -> Score:
        """How good its forecasts turned out to be, where something is resolved; see :func:`score`."""
        if self._texts is not None:
            raise AssessError("a text has no history to score: load it from a path", "asked", [])
        return score(self.path, **options)

    @overload
    def batch(
        self, rows: List[Mapping[str, Any]], intervals: bool = False, explain: bool = False, keep: Sequence[str] = ()
    ) -> List[Dict[str, Any]]: ...

    @overload
    def batch(
        self, rows: Any, intervals: bool = False, explain: bool = False, keep: Sequence[str] = (),
        prefix: str = "", threads: Optional[int] = None,
    ) -> Table: ...

    def batch(
        self,
        rows: Any,
        intervals: bool = False,
        explain: bool = False,
        keep: Sequence[str] = (),
        prefix: str = "",
        threads: Optional[int] = None,
    ) -> Union[Table, List[Dict[str, Any]]]:
        """The rows of a table, each with its verdict, as ``assess batch`` computes them.

        Columns are named like the file's things (``troops``: True, False, a chance, or None) or as
        ``chance of troops by long``; other columns pass through. The column ``error`` says why a row has no verdict.

        A table is whatever has ``__arrow_c_stream__``, and a :class:`Table` comes back. A list of dictionaries comes
        back as such a list.
        """
        how = _how(intervals, explain, keep, prefix, threads)
        if isinstance(rows, (list, tuple)):
            return _dictionaries(self, [dict(row) for row in rows], how)
        return Table(call(_assess.batch, self.path, self._texts, given(rows), how))

    def stream(
        self,
        rows: Any,
        intervals: bool = False,
        explain: bool = False,
        keep: Sequence[str] = (),
        prefix: str = "",
        threads: Optional[int] = None,
    ) -> Stream:
        """As :meth:`batch`, computed while it is read, so that tables may be larger than memory."""
        how = _how(intervals, explain, keep, prefix, threads)
        return Stream(call(_assess.stream, self.path, self._texts, given(rows), how))

    def to_dict(self) -> Dict[str, Any]:
        """The data of ``eval --format json``."""
        return self.evaluate().to_dict()

    def __reduce__(self) -> Any:
        # It goes to other processes and machines with the texts of all files that it uses.
        return Assessment, call(_assess.portable, self.path, self._texts)

    def __repr__(self) -> str:
        return f"<Assessment {self.path}>"

    def _repr_html_(self) -> str:
        return self.evaluate()._repr_html_()


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _how(intervals: bool, explain: bool, keep: Sequence[str], prefix: str, threads: Optional[int]) -> How:
    return (intervals, explain), list(keep), prefix, threads or 0


def _dictionaries(of: Assessment, rows: List[Dict[str, Any]], how: How) -> List[Dict[str, Any]]:
    names: List[str] = list(dict.fromkeys(name for row in rows for name in row))
    columns = [(name, "str", [_cell(row.get(name)) for row in rows]) for name in names]
    found = call(_assess.batch, of.path, of._texts, call(_assess.Rows.of, columns), how)
    new = {name: found.values(place) for place, name in enumerate(found.column_names) if place >= len(names)}
    return [{**row, **{name: values[i] for name, values in new.items()}} for i, row in enumerate(rows)]


def _asked(asked: Dict[str, Any]) -> Dict[str, Any]:
    out: Dict[str, Any] = {}
    for key, value in asked.items():
        key = {"with_": "with", "horizon": "horizons", "outcome": "outcomes"}.get(key, key)
        if value is None:
            continue
        lists = key in ("set", "with", "without", "horizons", "outcomes")
        out[key] = _texts(value) if lists else str(value) if key == "as_of" else value
    return out


def _asking(asked: Dict[str, Any]) -> Optional[str]:
    return json.dumps(_asked(asked)) if asked else None


def load(source: Union[str, "os.PathLike[str]"]) -> Assessment:
    """An assessment from a path, or from its text."""
    if isinstance(source, str) and ("\n" in source or "{" in source):
        return loads(source)
    return Assessment(os.fspath(source))


def loads(text: str, name: str = "text.assess") -> Assessment:
    """An assessment from its text, which goes by a name in messages."""
    return Assessment(name, {name: text})


def batch(model: Union[Assessment, str, "os.PathLike[str]"], table: Any, **options: Any) -> Table:
    """Evaluates a model for every row of a table: see :meth:`Assessment.batch`.

    The model is an assessment, a path or a text; the table whatever has ``__arrow_c_stream__``: pandas, Polars,
    DuckDB, PyArrow.
    """
    model = model if isinstance(model, Assessment) else load(model)
    return model.batch(table if hasattr(table, "__arrow_c_stream__") else given(table), **options)


def score(*paths: Union[str, "os.PathLike[str]"], **options: Any) -> Score:
    """Scores forecasts against what came true: files and folders, or with ``csv`` a table of forecasts.

    Takes the options of ``assess score``: ``as_of``, ``time_weighted``, ``ordered``, ``reasons``, ``weights``, ``csv``,
    ``probability``, ``result``, ``question`` and the like.
    """
    asked = [*_options(options), "--", *(os.fspath(path) for path in paths)]
    return Score(lambda format, width: output(["score", f"--format={format}", *asked]))


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext assess``: the cell magic ``%%assess [NAME]`` evaluates a cell, and keeps it under a name."""

    def magic(line: str, cell: str) -> Any:
        assessment = loads(cell, f"{line.strip() or 'cell'}.assess")
        if line.strip():
            shell.push({line.strip(): assessment})
        return assessment.evaluate()

    shell.register_magic_function(magic, magic_kind="cell", magic_name="assess")
