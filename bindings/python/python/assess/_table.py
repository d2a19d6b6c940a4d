"""Tables that pandas, Polars, DuckDB and PyArrow take without a copy, and results as such tables."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Sequence, Tuple

from . import _assess

Row = Dict[str, Any]
Kinds = Mapping[str, str]


# So many rows of a table does a notebook show.
SHOWN = 10


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


class Table:
    """A table in Arrow's layout: ``pandas.DataFrame.from_arrow(table)``, ``polars.from_arrow(table)``,
    ``pyarrow.table(table)``, and in DuckDB ``duckdb.from_arrow(pyarrow.table(table))``.

    Whatever knows the Arrow PyCapsule interface takes it; PyArrow need not be installed.
    """

    def __init__(self, rows: _assess.Rows) -> None:
        self._rows = rows

    @property
    def column_names(self) -> List[str]:
        """The names of its columns."""
        return self._rows.column_names

    @property
    def wrong(self) -> int:
        """How many rows have no verdict: their column ``error`` says why."""
        return self._rows.wrong

    def __len__(self) -> int:
        return len(self._rows)

    def __arrow_c_schema__(self) -> Any:
        return self._rows.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._rows.__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        shown = [self._rows.values(place, SHOWN) for place in range(len(self.column_names))]
        head = "".join(f"<th scope=col>{escape(name)}</th>" for name in self.column_names)
        cells = ("".join(f"<td>{escape(_shown(value))}</td>" for value in row) for row in zip(*shown))
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        rest = len(self) - SHOWN
        more = f"<p>… and {rest} more</p>" if rest > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def __repr__(self) -> str:
        rows = "1 row" if len(self) == 1 else f"{len(self)} rows"
        return f"<Table of {rows}: {', '.join(self.column_names)}>"


class Stream:
    """A table that is computed while it is read, once: its memory does not grow with the rows."""

    def __init__(self, stream: _assess.Stream) -> None:
        self._stream = stream

    def __arrow_c_schema__(self) -> Any:
        return self._stream.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._stream.__arrow_c_stream__(requested_schema)


def table(rows: Iterable[Mapping[str, Any]], kinds: Kinds) -> Table:
    """A table of these columns and kinds: ``bool``, ``int``, ``float``, ``str``."""
    kept = list(rows)
    return Table(_assess.Rows.of([(name, kind, [row.get(name) for row in kept]) for name, kind in kinds.items()]))


_NUMBERS = {"probability", "low", "high", "margin", "base", "points", "recalibrated", "number"}
_TRUTHS = {"final", "leads"}


def _cell(name: str, text: str) -> Any:
    if text == "":
        return None
    if name in _NUMBERS:
        return float(text)
    return text == "true" if name in _TRUTHS else text


def verdict(text: str) -> Table:
    """The table of ``eval --format csv``, with types."""
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    heading = next(lines)
    kinds = {name: "float" if name in _NUMBERS else "bool" if name in _TRUTHS else "str" for name in heading}
    rows = ({name: _cell(name, cell) for name, cell in zip(heading, line)} for line in lines)
    return table(rows, kinds)


FINDING: Kinds = {
    "file": "str", "line": "int", "column": "int", "end_line": "int", "end_column": "int",
    "severity": "str", "rule": "str", "message": "str", "help": "str",
}


def findings(data: Row) -> Iterator[Row]:
    """A row for each finding."""
    for one in data["diagnostics"]:
        start, end = one["start"], one["end"]
        yield {**one, "line": start["line"], "column": start["column"],
               "end_line": end["line"], "end_column": end["column"]}


EXPLANATION: Kinds = {
    "driver": "str", "title": "str", "kind": "str", "horizon": "str", "chance": "float", "outcome": "str",
    "stated": "float", "count": "float", "overlap": "float", "decibans": "float", "points": "float", "error": "float",
}


def explanation(data: Row) -> Iterator[Row]:
    """A row for each driver, horizon and outcome: its weight in decibans and what it contributes in points."""
    for driver in data["drivers"]:
        of = {"driver": driver["id"], "title": driver["title"], "kind": driver["kind"]}
        for at in driver["horizons"]:
            for one in at["outcomes"]:
                yield {**one, **of, "horizon": at["id"], "chance": at["chance"], "outcome": one["id"]}


TIPPING: Kinds = {
    "kind": "str", "name": "str", "horizon": "str", "today": "float", "tried_low": "float", "tried_high": "float",
    "value": "float", "decibans": "float", "leader": "str", "probability": "float", "within_range": "bool",
}


def _sets(kind: str, data: Row) -> Iterator[Row]:
    for at in data["horizons"]:
        for one in at["sets"]:
            names = ", ".join(_member(member) for member in one["members"])
            yield {**one, "kind": kind, "name": names, "horizon": at["id"]}


def _member(member: Row) -> str:
    if "event" in member:
        return member["event"] if member["to"] else f"not {member['event']}"
    return f"{member['driver']}: {member['text']}"


def tipping(data: Row) -> Iterator[Row]:
    """A row for each number and horizon, set of events, set of evidence, and change.

    ``leader`` is who leads then; it is missing where nothing that was tried changes the answer.
    """
    for part in [data, *data.get("questions", [])]:
        for number in part["numbers"]:
            for at in number["horizons"]:
                low, high = at["tried"]
                yield {**(at["tip"] or {}), "kind": number["kind"], "name": number["id"], "horizon": at["id"],
                       "today": at["today"], "tried_low": low, "tried_high": high}
        yield from _sets("events", part["events"])
        yield from _sets("evidence", part["evidence"])
        for change in part["changes"]:
            for at in change["horizons"]:
                yield {"kind": "change", "name": change["id"], "horizon": at["id"], "today": at["chance"],
                       "leader": at["leader"] if at["flips"] else None}


SCORE: Kinds = {
    "kind": "str", "cases": "int", "files": "int", "brier": "float", "log": "float", "floored": "int",
    "ranked": "float", "ranked_per_step": "float", "spherical": "float",
}


def scores(data: Row) -> Sequence[Row]:
    """A row for each kind of forecast."""
    return data["scores"]


CALIBRATION: Kinds = {
    "bins": "str", "word": "str", "low": "float", "high": "float", "count": "float", "said": "float", "came": "float",
    "came_low": "float", "came_high": "float",
}


def calibration(data: Row) -> Iterator[Row]:
    """A row for each bin of equal width and of equal mass, and for each word as written."""
    for bins in ("equal_width", "equal_mass"):
        for one in (data["calibration"] or {}).get(bins, []):
            yield {**one, "bins": bins, "low": one["from"], "high": one["to"], **_came(one["came"])}
    for one in data["words"]:
        yield {**one, "bins": "words", "count": one["cases"], **_came(one["came"])}


def _came(estimate: Row) -> Row:
    return {"came": estimate["value"], "came_low": estimate["low"], "came_high": estimate["high"]}


def given(rows: Any) -> Any:
    """What Rust takes a table from."""
    if hasattr(rows, "__arrow_c_stream__") or hasattr(rows, "__arrow_c_array__"):
        return rows
    if hasattr(rows, "collect") and hasattr(rows, "collect_schema"):
        raise TypeError("a lazy frame has no rows yet: collect() it first")
    raise TypeError(
        f"{type(rows).__name__} is no table: pass a pandas or Polars data frame, a DuckDB relation, a PyArrow table, "
        "or whatever has `__arrow_c_stream__`"
    )


How = Tuple[Tuple[bool, bool], List[str], str, int]
