"""The sections of a CV: which line is a heading, what it announces, which lines stand under it."""

import re
from collections.abc import Iterator, Sequence

from registry.exchange.readers.cv.found import Line, Section
from registry.exchange.readers.cv.words import HEADINGS, JUNK, PERSON
from registry.text import fold, nfc

_NUMBERED = re.compile(r"^(?:[IVX]{1,4}|[0-9]{1,2}|[A-H])\s*[.)/:-]\s*(?=\S)")
_BULLET = re.compile(r"^[\s•●▪■◆◦○‣➢➤✓✔*·»→–—-]+(?=\S)")
_JOINED = re.compile(r"\s*(?:/|&|,|\||\bvà\b|\band\b|\+|[-–—])\s*", re.IGNORECASE)
_LONGEST_HEADING = 60
_MOST_LABEL_WORDS = 4

# Marks are kept where a heading has them; CVs without marks are read by the folded words.
_KINDS = {nfc(words): kind for kind, headings in HEADINGS.items() for words in headings}
_FOLDED_KINDS = {fold(words): kind for words, kind in _KINDS.items()}


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """The sections in their order; what stands above the first heading is about the person."""
    sections = [Section(PERSON, "")]
    for line in lines:
        found = heading_of(line.text)
        if found is None:
            sections[-1].lines.append(line)
            continue
        kind, heading, rest = found
        sections.append(Section(kind, heading))
        if rest:
            sections[-1].lines.append(Line(rest, line.page, line.size))
    return sections


def heading_of(text: str) -> tuple[str, str, str] | None:
    """(what it announces, the heading as written, what stands behind its colon) of a heading; else None."""
    written = _BULLET.sub("", text.strip())
    written = _NUMBERED.sub("", written).strip()
    if not written or written.casefold() in JUNK:
        return None
    if len(written) <= _LONGEST_HEADING:
        kind = _kind_of(written.rstrip(" :.：-–—_"))
        if kind is not None:
            return kind, written.rstrip(" :.：-–—_"), ""
    before, colon, after = written.partition(":")
    if colon and after.strip() and len(before.split()) <= _MOST_LABEL_WORDS:
        kind = _KINDS.get(nfc(before.strip().casefold()))
        # «Kỹ năng: Python, SQL» is a section of one line; «Chuyên môn: …» in an entry is a label of it.
        if kind in {"skill", "language"} and not _is_label(before):
            return kind, before.strip(), after.strip()
    return None


def _is_label(text: str) -> bool:
    return nfc(text.strip().casefold()) in {"chuyên môn", "công nghệ", "technologies", "tools", "language"}


def _kind_of(text: str) -> str | None:
    """What a heading announces; of two words joined the first that is known."""
    key = nfc(" ".join(_spaced(text).casefold().split()))
    if key in _KINDS:
        return _KINDS[key]
    folded = fold(key)
    # Without marks «so thich» may be anything but a heading, unless it is written like one.
    if folded in _FOLDED_KINDS and text[:1].isupper() and (text.isupper() or text.isascii()):
        return _FOLDED_KINDS[folded]
    parts = [part for part in _JOINED.split(key) if part]
    kinds = [_KINDS.get(part) for part in parts]
    if len(parts) > 1 and kinds and all(kind is not None for kind in kinds):
        return kinds[0]
    return None


def _spaced(text: str) -> str:
    """«E D U C A T I O N» as a word: letters set apart for looks."""
    letters = text.split(" ")
    if len(letters) > 4 and all(len(one) <= 1 for one in letters):
        words = re.split(r"\s{2,}", text)
        return " ".join(word.replace(" ", "") for word in words)
    return text


def is_bullet(text: str) -> bool:
    """Whether a line is an item of a list inside an entry."""
    return bool(re.match(r"^\s*(?:[•●▪■◆◦○‣➢➤✓✔*·»]|[-–—+]\s)", text))


def without_bullet(text: str) -> str:
    """The line without the mark of a list in front."""
    return _BULLET.sub("", text).strip()


def plain_lines(section: Section) -> Iterator[Line]:
    """The lines of a section without marks of lists and without running heads."""
    for line in section.lines:
        text = without_bullet(line.text)
        if text and text.casefold() not in JUNK:
            yield Line(text, line.page, line.size)
