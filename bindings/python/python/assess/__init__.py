"""Assessments about the future that can be read, run, questioned and corrected.

>>> import assess
>>> ferry = assess.load("ferry.assess")                # doctest: +SKIP
>>> ferry.evaluate()["autumn"]["running"].probability  # doctest: +SKIP
0.797...
"""

from __future__ import annotations

import csv
import io
import json
import os
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Union

from . import _assess
from ._html import page

__all__ = [
    "Assessment", "AssessError", "Chart", "Explanation", "Finding", "Findings", "Horizon", "Outcome", "Score",
    "TippingPoints", "Verdict", "load", "loads", "score",
]
__version__: str = _assess.version

Texts = Union[str, Sequence[str], None]
_WIDTH = 80


class Finding:
    """One finding of the linter, or one mistake."""

    def __init__(self, data: Dict[str, Any]) -> None:
        self.data = data
        self.rule: str = data["rule"]
        self.severity: str = data["severity"]
        self.message: str = data["message"]
        self.help: Optional[str] = data.get("help")
        self.file: str = data["file"]
        self.line: int = data["start"]["line"]
        self.column: int = data["start"]["column"]

    def __repr__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}[{self.rule}] {self.message}"


class AssessError(Exception):
    """Why there is no answer: a sentence, and where a file or a question is mistaken, each mistake.

    ``kind`` is ``unreadable``, ``shared``, ``mistaken``, ``configuration`` or ``asked``.
    """

    def __init__(self, message: str, kind: str, findings: List[Finding]) -> None:
        super().__init__(message)
        self.kind = kind
        self.findings = findings


def _raise(error: _assess.Wrong) -> "AssessError":
    message, kind, findings = error.args
    found = json.loads(findings)["diagnostics"] if findings else []
    return AssessError(message, kind, [Finding(one) for one in found])


def _call(work: Any, *arguments: Any) -> Any:
    try:
        return work(*arguments)
    except _assess.Wrong as error:
        raise _raise(error) from None


class _Result:
    """What prints as on the command line, and is the data of its JSON."""

    def __init__(self, ask: Any) -> None:
        self._ask = ask
        self._json: str = ask("json", _WIDTH)
        self._data: Optional[Dict[str, Any]] = None

    def to_json(self) -> str:
        """The very text of ``--format json``."""
        return self._json

    def to_dict(self) -> Dict[str, Any]:
        """The data of ``--format json``."""
        if self._data is None:
            self._data = json.loads(self._json)
        return self._data

    def text(self, format: str = "text", width: int = _WIDTH) -> str:
        """The text of ``--format``."""
        return _call(self._ask, format, width)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return page(self.text("markdown"))


class Findings(_Result):
    """What ``check`` found; a list of :class:`Finding`."""

    def __iter__(self) -> Iterator[Finding]:
        return (Finding(one) for one in self.to_dict()["diagnostics"])

    def __len__(self) -> int:
        return len(self.to_dict()["diagnostics"])

    def __getitem__(self, place: int) -> Finding:
        return list(self)[place]

    @property
    def has_errors(self) -> bool:
        """Whether the file has no verdict."""
        return self.to_dict()["summary"]["errors"] > 0

    def _repr_html_(self) -> str:
        return page("\n\n".join(f"- {one!r}" for one in self) or "Nothing was found.")


class Outcome:
    """An outcome at one horizon."""

    def __init__(self, data: Dict[str, Any]) -> None:
        self.data = data
        self.id: str = data["id"]
        self.probability: Optional[float] = data["probability"]
        self.low: Optional[float] = data["low"]
        self.high: Optional[float] = data["high"]
        self.term: Optional[str] = data["term"]

    def __float__(self) -> float:
        return float("nan") if self.probability is None else self.probability

    def __repr__(self) -> str:
        return f"<Outcome {self.id}: {self.probability} ({self.term})>"


class Horizon(Mapping[str, Outcome]):
    """One horizon: outcomes by name."""

    def __init__(self, data: Dict[str, Any]) -> None:
        self.data = data
        self.id: str = data["id"]
        self.title: str = data["title"]
        self.leader: Optional[str] = data["leader"]
        self.margin: Optional[float] = data["margin"]
        self.confidence: Optional[str] = data["confidence"]
        self._outcomes = {one["id"]: Outcome(one) for one in data["outcomes"]}

    def __getitem__(self, name: str) -> Outcome:
        return self._outcomes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outcomes)

    def __len__(self) -> int:
        return len(self._outcomes)

    def __repr__(self) -> str:
        each = ", ".join(f"{name}: {float(one):.3f}" for name, one in self._outcomes.items())
        return f"<Horizon {self.id}: {each}>"


class Verdict(_Result, Mapping[str, Horizon]):
    """A verdict: horizons by name."""

    @property
    def data(self) -> Dict[str, Any]:
        """The assessment's own part of the JSON."""
        return self.to_dict()["assessments"][0]

    def __getitem__(self, name: str) -> Horizon:
        for one in self.data["horizons"]:
            if one["id"] == name:
                return Horizon(one)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (one["id"] for one in self.data["horizons"])

    def __len__(self) -> int:
        return len(self.data["horizons"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Verdict) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    @property
    def expectations(self) -> List[Dict[str, Any]]:
        """Each ``expect`` of the file, and whether it ``holds``."""
        return self.data["expectations"]

    def to_records(self) -> List[Dict[str, Any]]:
        """A row for each horizon and outcome, for a data frame."""
        rows = []
        for horizon in self.data["horizons"]:
            for outcome in horizon["outcomes"]:
                leads = outcome["id"] == horizon["leader"]
                rows.append({"horizon": horizon["id"], "outcome": outcome["id"], "leads": leads,
                             **{key: outcome[key] for key in ("probability", "low", "high", "term")}})
        return rows


class Explanation(_Result):
    """Why a verdict is what it is."""


class TippingPoints(_Result):
    """What would change a verdict."""


class Score(_Result):
    """How good forecasts turned out to be."""


class Chart:
    """A chart: a picture in a notebook, SVG elsewhere."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes the SVG."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.svg)

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<Chart, {len(self.svg)} characters of SVG>"


def _output(arguments: Sequence[str], data: bytes = b"") -> str:
    status, out, said = _assess.output(["assess", *arguments], data)
    if status == 2:
        lines = said.strip().splitlines() or ["this cannot be done"]
        first = lines[0][len("error: "):] if lines[0].startswith("error: ") else lines[0]
        raise AssessError("\n".join([first, *lines[1:]]), "asked", [])
    return bytes(out).decode()


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

    def __init__(self, path: str, text: Optional[str] = None) -> None:
        self.path = path
        self._files = _assess.Workspace(text is None)
        if text is not None:
            _call(self._files.open, path, text)
        self._on_disk = text is None

    @property
    def text(self) -> str:
        """Its text."""
        return _call(self._files.text, self.path)

    def check(self) -> Findings:
        """Every mistake and every finding of the linter."""
        return Findings(lambda format, width: _call(self._files.check, self.path, format, width))

    def evaluate(self, view: Optional[str] = None, **asked: Any) -> Verdict:
        """How likely each outcome is at each horizon; with ``view``, as that view of the file has it.

        Takes ``given``, ``under``, ``set``, ``with_``, ``without``, ``horizons``, ``outcomes``, ``as_of``, ``vague``,
        ``draws``, ``seed``, ``method`` and ``samples``: the options of ``assess eval``.
        """
        asking = _asking({"view": view, **asked})
        return Verdict(lambda *how: _call(self._files.evaluate, self.path, asking, *how))

    def explain(self, view: Optional[str] = None, **asked: Any) -> Explanation:
        """Why it is so; what is asked as for :meth:`evaluate`."""
        asking = _asking({"view": view, **asked})
        return Explanation(lambda *how: _call(self._files.explain, self.path, asking, *how))

    def flip(self, until: Optional[str] = None, view: Optional[str] = None, **asked: Any) -> TippingPoints:
        """What would change the leader or, with ``until``, the answer of an expectation."""
        asking = _asking({"view": view, **asked})
        return TippingPoints(lambda *how: _call(self._files.flip, self.path, asking, until, *how))

    def ask(self, query: str) -> Optional[float]:
        """The chance of a query, ``exit by long given ceasefire``; None where its condition cannot hold."""
        return _call(self._files.ask, self.path, query)

    def test(self) -> List[Dict[str, Any]]:
        """Each ``expect`` of the file, its value and whether it ``holds``."""
        return self.evaluate(draws=0).expectations

    def format(self) -> str:
        """The text in the one layout."""
        return _call(self._files.format, self.path)

    def report(self, format: str = "html", brief: bool = False, lang: Optional[str] = None, **asked: Any) -> bytes:
        """A report, as the bytes of a file: ``html``, ``markdown``, ``json`` or ``docx``."""
        wanted = {"format": format, "brief": brief, "lang": lang, "asking": _asked(asked)}
        return bytes(_call(self._files.report, self.path, json.dumps(wanted)))

    def chart(self, kind: str = "outcomes", **options: Any) -> Chart:
        """A chart: ``outcomes``, ``events``, ``waterfall``, ``tornado``, ``fan`` or ``views``.

        Takes the options of ``assess report --chart``: ``horizon``, ``outcome``, ``narrow``, ``under``, ``with_``,
        ``without`` and the like.
        """
        path, data = (self.path, b"") if self._on_disk else ("-", self.text.encode())
        return Chart(_output(["report", f"--chart={kind}", *_options(options), "--", path], data))

    def score(self, **options: Any) -> Score:
        """How good its forecasts turned out to be, where something is resolved; see :func:`score`."""
        if not self._on_disk:
            raise AssessError("a text has no history to score: load it from a path", "asked", [])
        return score(self.path, **options)

    def batch(
        self,
        rows: Iterable[Mapping[str, Any]],
        intervals: bool = False,
        explain: bool = False,
        keep: Sequence[str] = (),
    ) -> List[Dict[str, Any]]:
        """The rows of a table, each with its verdict, as ``assess batch`` computes them.

        Keys are named like the file's things (``troops``: True, False, a chance, or None) or as
        ``chance of troops by long``; other keys pass through. Numbers come back as floats, and ``error`` is None
        where a row has a verdict.
        """
        rows = [dict(row) for row in rows]
        names: List[str] = []
        for row in rows:
            names.extend(name for name in row if name not in names)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(names)
        writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
        text = "" if self._on_disk else self.text
        table = _call(
            _assess.batch, self.path, text, self._on_disk, out.getvalue().encode(), (intervals, explain), list(keep)
        )
        read = csv.reader(io.StringIO(bytes(table).decode(), newline=""))
        heading = next(read)
        found = []
        for row, cells in zip(rows, read):
            new = {name: _number(cell) for name, cell in zip(heading[len(names):], cells[len(names):])}
            found.append({**row, **new})
        return found

    def to_dict(self) -> Dict[str, Any]:
        """The data of ``eval --format json``."""
        return self.evaluate().to_dict()

    def __repr__(self) -> str:
        return f"<Assessment {self.path}>"

    def _repr_html_(self) -> str:
        return self.evaluate()._repr_html_()


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(cell: str) -> Any:
    if cell == "":
        return None
    try:
        return float(cell)
    except ValueError:
        return cell


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
    return Assessment(name, text)


def score(*paths: Union[str, "os.PathLike[str]"], **options: Any) -> Score:
    """Scores forecasts against what came true: files and folders, or with ``csv`` a table of forecasts.

    Takes the options of ``assess score``: ``as_of``, ``time_weighted``, ``ordered``, ``reasons``, ``weights``, ``csv``,
    ``probability``, ``result``, ``question`` and the like.
    """
    asked = [*_options(options), "--", *(os.fspath(path) for path in paths)]
    return Score(lambda format, width: _output(["score", f"--format={format}", *asked]))


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext assess``: the cell magic ``%%assess [NAME]`` evaluates a cell, and keeps it under a name."""

    def magic(line: str, cell: str) -> Any:
        assessment = loads(cell, f"{line.strip() or 'cell'}.assess")
        if line.strip():
            shell.push({line.strip(): assessment})
        return assessment.evaluate()

    shell.register_magic_function(magic, magic_kind="cell", magic_name="assess")
