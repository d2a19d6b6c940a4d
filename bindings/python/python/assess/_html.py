"""The Markdown that the command line prints, as HTML for a notebook."""

import re
from html import escape
from typing import List


def _inline(text: str) -> str:
    parts = []
    at = 0
    for found in re.finditer(r"\*\*(.+?)\*\*|`([^`]+)`|(<br>)|\\([^\n])", text):
        parts.append(escape(text[at:found.start()]))
        strong, code, line, plain = found.groups()
        if strong is not None:
            parts.append(f"<strong>{_inline(strong)}</strong>")
        elif code is not None:
            parts.append(f"<code>{escape(code)}</code>")
        else:
            parts.append("<br>" if line else escape(plain))
        at = found.end()
    parts.append(escape(text[at:]))
    return "".join(parts)


def _cells(line: str) -> List[str]:
    inner = re.sub(r"^\||(?<!\\)\|$", "", line.strip())
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _table(lines: List[str]) -> str:
    head = "".join(f"<th scope=col>{_inline(cell)}</th>" for cell in _cells(lines[0]))
    rows = []
    for line in lines[2:]:
        first, *rest = _cells(line)
        cells = "".join(f"<td style='text-align:left'>{_inline(cell)}</td>" for cell in rest)
        rows.append(f"<tr><th scope=row style='text-align:left'>{_inline(first)}</th>{cells}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def page(text: str) -> str:
    """One piece of HTML; every text in it is escaped."""
    out: List[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        heading = re.match(r"(#{1,4}) (.*)", line)
        if heading:
            level = len(heading[1]) + 1
            out.append(f"<h{level}>{_inline(heading[2])}</h{level}>")
        elif line.startswith("|"):
            start = at
            while at + 1 < len(lines) and lines[at + 1].startswith("|"):
                at += 1
            out.append(_table(lines[start:at + 1]))
        elif re.match(r"\s*[-*] ", line):
            out.append(f"<li>{_inline(line.strip()[2:])}</li>")
        elif line.strip():
            out.append(f"<p>{_inline(line)}</p>")
        at += 1
    return "\n".join(out)
