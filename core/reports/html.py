"""A report as one HTML file: opens without a network, prints on paper, and nothing in it is taken for HTML."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ..atomic_file import write_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_STYLE = (
    "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222} "
    "table{border-collapse:collapse;margin:1em 0} caption{text-align:left;font-size:90%;color:#555} "
    "td,th{border-bottom:1px solid #ccc;padding:3px 12px 3px 0;text-align:right;font-variant-numeric:tabular-nums} "
    "td:first-child,th:first-child{text-align:left} img{max-width:100%} figure{margin:1em 0;break-inside:avoid} "
    ".record th,.record td{text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere} "
    "figcaption{font-size:90%;color:#555} h2{margin-top:2em} @media print{body{max-width:none;margin:0}}"
)
_DOTS_PER_INCH = 110


class HtmlReport:
    """Headings, paragraphs, tables and pictures in the order in which they are added.

    Args:
        title: the heading of the page.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self._parts: list[str] = []

    def section(self, title: str) -> None:
        """Begin a section."""
        self._parts.append(f"<h2>{escape(title)}</h2>")

    def paragraph(self, text: str) -> None:
        """Add a paragraph of plain text."""
        self._parts.append(f"<p>{escape(text)}</p>")

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> None:
        """Add a table of plain text.

        Args:
            header: a name for each column; the first column names the rows.
            rows: as many texts each.
            caption: what the table shows.
        """
        head = "".join(f"<th>{escape(name)}</th>" for name in header)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        title = f"<caption>{escape(caption)}</caption>" if caption else ""
        self._parts.append(f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")

    def record(self, rows: Sequence[tuple[str, str]]) -> None:
        """Add names with their values, plain text of any length."""
        body = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
        self._parts.append(f'<table class="record">{body}</table>')

    def figure(self, figure: Figure, caption: str) -> None:
        """Add a drawing, which becomes part of the file.

        Args:
            figure: made with `matplotlib.figure.Figure`, which needs neither a window nor pyplot.
            caption: what it shows.
        """
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=_DOTS_PER_INCH, bbox_inches="tight")
        data = base64.b64encode(buffer.getvalue()).decode()
        self._parts.append(
            f'<figure><img alt="{escape(caption)}" src="data:image/png;base64,{data}">'
            f"<figcaption>{escape(caption)}</figcaption></figure>"
        )

    def html(self) -> str:
        """The page."""
        title = escape(self.title)
        body = "\n".join(self._parts)
        return (
            f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>'
            f"<body><h1>{title}</h1>\n{body}\n</body></html>\n"
        )

    def write(self, path: str | Path) -> None:
        """Write the page beside its place and move it there, so that a full disk leaves no half of it.

        Raises:
            RasterError: the file cannot be written.
        """
        write_text(path, self.html())
