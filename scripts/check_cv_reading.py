"""Share of items read right in CVs of twenty manners, as PDF and as Word: see --help.

How it counts. Every thing that stands in a CV is one: a field of the person, a post, a course of study, a language, a
skill. It is right when all its texts are equal without case and marks (a post: title, place, from, to; a study: degree,
subject, school, until; a language: code and what is said of the level). What is read and is not there is an extra.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from registry.exchange.readers.cv.found import SURE_FROM
from tests.factories.cv_manners import MANNERS
from tests.factories.cvs import pdf_of_lines, read_right, word


def main() -> int:
    """Print the shares of both kinds of files, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", action="store_true", help="name what was missed or extra")
    asked = parser.parse_args()
    for kind in ("pdf", "docx"):
        right, there, extra = Counter[str](), Counter[str](), Counter[str]()
        for manner in MANNERS:
            lines = manner.text.split("\n")
            content = pdf_of_lines(lines) if kind == "pdf" else word(lines)
            score = read_right(content, kind, manner)
            right.update(score.right)
            there.update(score.there)
            extra.update(score.extra)
            for line in score.missed if asked.missed else ():
                print(f"{kind} «{manner.name}»: {line}")
        whole = sum(right.values()) / sum(there.values())
        parts = ", ".join(f"{part} {right[part]}/{there[part]}" for part in sorted(there))
        print(f"{kind}: {whole:.1%} of {sum(there.values())} in {len(MANNERS)} CVs ({parts})")
        print(f"  extra from {SURE_FROM} on: {dict(extra)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
