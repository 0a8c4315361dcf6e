"""The report sheet, set by Typst, to which the words are handed as JSON, never as markup.

Its letters come with Typst (Libertinus Serif, SIL Open Font License), so it looks the same everywhere.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

_PAGE = Path(__file__).resolve().parent.parent / "data" / "report.typ"


def report_pdf(told: Mapping[str, Any]) -> bytes:
    """The PDF of {title, subtitle, language, sections: [{name, rows: [[what, words]]}], codes, codes_name}."""
    return typst.compile(
        _PAGE.read_bytes(),
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        ignore_system_fonts=True,
    )
