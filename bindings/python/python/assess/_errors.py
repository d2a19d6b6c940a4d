"""What is wrong: a sentence, and each mistake with its place."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, List, Optional, Sequence, TypeVar

from . import _assess

T = TypeVar("T")


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

    def __str__(self) -> str:
        if not self.findings:
            return super().__str__()
        return "\n".join(f"{one!r}\n  help: {one.help}" if one.help else repr(one) for one in self.findings)

    def _render_traceback_(self) -> List[str]:
        # In a notebook the mistakes stand by themselves, without the package's own lines.
        return [f"AssessError: {self}"]


def raised(error: _assess.Wrong) -> "AssessError":
    message, kind, findings = error.args
    found = json.loads(findings)["diagnostics"] if findings else []
    return AssessError(message, kind, [Finding(one) for one in found])


def call(work: "Callable[..., T]", *arguments: Any) -> T:
    """Calls Rust; what is wrong there is raised as :class:`AssessError`."""
    try:
        return work(*arguments)
    except _assess.Wrong as error:
        raise raised(error) from None


def output(arguments: Sequence[str], data: bytes = b"") -> str:
    """What a command line prints."""
    status, out, said = _assess.output(["assess", *arguments], data)
    if status == 2:
        lines = said.strip().splitlines() or ["this cannot be done"]
        first = lines[0][len("error: "):] if lines[0].startswith("error: ") else lines[0]
        raise AssessError("\n".join([first, *lines[1:]]), "asked", [])
    return bytes(out).decode()
