"""The one-page report of a study: HTML for the web, PDF for the table of a meeting.

Both are made from the same values. The PDF follows PDF/UA-1 (tagged, with alternative texts) and is made by Typst with its own
fonts, without a date, so that it is the same on every machine.
"""

import json
import tempfile
from importlib.resources import files
from pathlib import Path

import jinja2
import pandas as pd

from vestige import __version__
from vestige.studying._study import Study


def html_page(study: Study) -> str:
    """Give the report as one HTML file without scripts or outside parts."""
    template = (files("vestige.studying") / "templates" / "report.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(cell=cell, rows=_rows, heads=_heads)
    return environment.from_string(template).render(study=study, version=__version__, cite=citation(study))


def pdf_page(study: Study) -> bytes:
    """Give the report as PDF/UA-1."""
    import typst

    template = (files("vestige.studying") / "templates" / "report.typ").read_bytes()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for figure in study.figures:
            (folder / f"{figure.name}.svg").write_text(figure.svg, encoding="utf-8")
        (folder / "report.json").write_text(json.dumps(_values(study), ensure_ascii=False), encoding="utf-8")
        (folder / "report.typ").write_bytes(template)
        pdf = typst.compile(
            folder / "report.typ",
            root=folder,
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    return bytes(pdf)


def citation(study: Study) -> str:
    """Say how to cite the study; a date would change the bytes, so the reader adds it."""
    return f"Vestige {__version__}, “{study.title}”, study “{study.name}”; inputs and hashes in manifest.json."


def cell(value: object) -> str:
    """Give one table cell as text: numbers short, no value as a dash."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN
        return "\N{EN DASH}"
    if isinstance(value, float):
        return (
            f"{value:,.0f}"
            if abs(value) >= 1000 or value == int(value)
            else f"{value:.3g}"
            if abs(value) < 1
            else f"{value:.2f}"
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else str(value)


def _values(study: Study) -> dict[str, object]:
    return {
        "title": study.title,
        "question": study.question,
        "findings": study.findings,
        "method": study.method,
        "denominators": study.denominators,
        "limits": study.limits,
        "references": study.references,
        "figures": [{"name": f.name, "title": f.title, "alt": f.alt} for f in study.figures],
        "tables": [
            {"title": t.title, "columns": _heads(t.data), "rows": [[cell(v) for v in row] for row in _rows(t.data)]}
            for t in study.tables
            if t.on_page
        ],
        "sources": [f"{s.name}: {s.kind}, {s.rows:,} rows, SHA-256 {s.sha256[:16]}…" for s in study.sources],
        "dropped": [f"{d.count:,} {d.what}: {d.why}" for d in study.dropped],
        "cite": citation(study),
    }


def _heads(data: pd.DataFrame) -> list[str]:
    return [str(name).replace("_", " ") for name in data.columns]


def _rows(data: pd.DataFrame) -> list[list[object]]:
    rows: list[list[object]] = data.astype(object).to_numpy().tolist()
    return rows
