"""A paper as PDF, set by Typst, to which the values are handed as JSON, never as markup.

Its letters are Libertinus Serif, which Typst carries with it (SIL Open Font License) and which has all of Vietnamese.
"""

import json
from pathlib import Path
from typing import Any

import typst

from registry.papers.writers.paper import MOST_ROWS, Block, Entries, Facts, Paper, Table, within

_PAGE = Path(__file__).resolve().parent.parent / "data" / "paper.typ"


def paper_pdf(paper: Paper) -> bytes:
    """The PDF."""
    typeset: Any = typst.compile  # its types want text and folder to be of one kind
    return typeset(_PAGE.read_bytes(), sys_inputs={"paper": as_json(paper)}, ignore_system_fonts=True)


def as_json(paper: Paper) -> str:
    """The values that the page is set from."""
    told = {
        "title": paper.title,
        "name": paper.name,
        "language": paper.language,
        "office": paper.office,
        "headline": paper.headline,
        "note": paper.note,
        "facts": _pairs(paper.facts),
        "sections": [
            {"name": within(one.name), "blocks": [_block(block) for block in one.blocks]}
            for one in paper.sections
        ],
        "made": paper.made,
        "page": paper.page,
        "signatures": list(paper.signatures),
        "where": paper.signed_where,
    }
    said = {name: within(value) if isinstance(value, str) else value for name, value in told.items()}
    return json.dumps(said, ensure_ascii=False)


def _pairs(rows: Any) -> list[list[str]]:
    return [[within(text) for text in row] for row in rows[:MOST_ROWS]]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Facts):
        return {"kind": "facts", "rows": _pairs(block.rows)}
    if isinstance(block, Entries):
        rows = [
            {
                "when": within(one.when),
                "text": within(one.text),
                "details": [within(text) for text in one.details],
            }
            for one in block.rows[:MOST_ROWS]
        ]
        return {"kind": "entries", "rows": rows}
    if isinstance(block, Table):
        return {
            "kind": "table",
            "columns": [within(text) for text in block.columns],
            "widths": list(block.widths),
            "numbers": sorted(block.numbers),
            "rows": _pairs(block.rows),
        }
    return {"kind": "prose", "texts": [within(text) for text in block.texts]}
