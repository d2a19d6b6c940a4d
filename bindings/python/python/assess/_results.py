"""What is answered: verdicts, findings, explanations, tipping points, scores, charts."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, Iterator, List, Mapping, Optional, Union

from . import _table as tables
from ._errors import Finding, call
from ._html import page
from ._table import Table

WIDTH = 80


class _Result:
    """What prints as on the command line, and is the data of its JSON."""

    def __init__(self, ask: Any) -> None:
        self._ask = ask
        self._json: str = ask("json", WIDTH)
        self._data: Optional[Dict[str, Any]] = None

    def to_json(self) -> str:
        """The very text of ``--format json``."""
        return self._json

    def to_dict(self) -> Dict[str, Any]:
        """The data of ``--format json``."""
        if self._data is None:
            self._data = json.loads(self._json)
        return self._data

    def text(self, format: str = "text", width: int = WIDTH) -> str:
        """The text of ``--format``."""
        return call(self._ask, format, width)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return page(self.text("markdown"))

    def to_arrow(self) -> Table:
        """Its table, for pandas, Polars, DuckDB and PyArrow; see :class:`Table`."""
        raise NotImplementedError

    def __arrow_c_schema__(self) -> Any:
        return self.to_arrow().__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.to_arrow().__arrow_c_stream__(requested_schema)


class Findings(_Result):
    """What ``check`` found; a list of :class:`Finding`."""

    def to_arrow(self) -> Table:
        """A row for each finding: file, line, column, end, severity, rule, message, help."""
        return tables.table(tables.findings(self.to_dict()), tables.FINDING)

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

    def to_arrow(self) -> Table:
        """The table of ``eval --format csv``: a row for each horizon and outcome, event, change and scenario."""
        return tables.verdict(self.text("csv"))

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

    def to_arrow(self) -> Table:
        """A row for each driver, horizon and outcome: its weight in decibans, what it contributes in points."""
        return tables.table(tables.explanation(self.to_dict()), tables.EXPLANATION)


class TippingPoints(_Result):
    """What would change a verdict."""

    def to_arrow(self) -> Table:
        """A row for each number and horizon, set of events, set of evidence, and change.

        ``leader`` is who leads then, or nothing where nothing that was tried changes the answer.
        """
        return tables.table(tables.tipping(self.to_dict()), tables.TIPPING)


class Score(_Result):
    """How good forecasts turned out to be."""

    def to_arrow(self) -> Table:
        """A row for each kind of forecast: its scores."""
        return tables.table(tables.scores(self.to_dict()), tables.SCORE)

    def calibration(self) -> Table:
        """What was said beside how often it came true: a row for each bin and each word of likelihood.

        ``bins`` tells bins of ``equal_width`` from those of ``equal_mass`` and from ``words``; ``came`` has its 95%
        interval beside it.
        """
        return tables.table(tables.calibration(self.to_dict()), tables.CALIBRATION)


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
