"""Entries with a period in a section: where each begins, what its head says, what is a description. Education, posts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from registry.exchange.readers.cv.found import Line, Section
from registry.exchange.readers.cv.periods import Period, period_in
from registry.exchange.readers.cv.sections import is_bullet, without_bullet
from registry.exchange.readers.cv.words import LABELS, ORGANISATION, POST, pattern_of, unmarked
from registry.text import fold, nfc

_ORGANISATION, _POST = pattern_of(ORGANISATION), pattern_of(POST)
_ORGANISATIONS, _POSTS = (
    (one, pattern_of(unmarked(words))) for one, words in ((_ORGANISATION, ORGANISATION), (_POST, POST))
)
_BREAK = re.compile(r"\s+[|–—−-]\s+|\t+|\s*\|\s*|\s+(?:tại|at|@)\s+|\s*[·•]\s*|\s*;\s*|\s*:\s+")
_COMMA = re.compile(r",\s+")
_LABELS = {nfc(words): name for name, labels in LABELS.items() for words in labels}
_UNMARKED_LABELS = {fold(words): name for words, name in _LABELS.items() if " " in words}
_LONGEST_HEAD_LINE = 110
_MOST_HEAD_LINES = 3
_LONGEST_LABEL = 30


@dataclass(slots=True)
class Entry:
    """One entry: its period, the pieces of its head, what was labelled, its other lines."""

    period: Period | None
    lines: list[Line] = field(default_factory=list[Line])
    pieces: list[str] = field(default_factory=list[str])
    labelled: dict[str, str] = field(default_factory=dict[str, str])
    told: list[str] = field(default_factory=list[str])


def label_of(text: str) -> tuple[str, str] | None:
    """(what is labelled, the value) of «Chức vụ: Trưởng phòng»; None for a line without a known label."""
    before, colon, after = text.partition(":")
    if not colon:
        before, colon, after = text.partition("\t")
    if not colon or not after.strip() or len(before) > _LONGEST_LABEL:
        return None
    key = nfc(" ".join(before.split()).casefold())
    name = _LABELS.get(key) or (_UNMARKED_LABELS.get(key) if key.isascii() else None)
    if name is None:
        return None
    # «Ngành: An toàn thông tin – Xếp loại: Khá»: what is labelled next is not part of it.
    value, _stroke, rest = after.strip(" \t:").partition(" – ")
    return name, value if rest and label_of(rest) is not None else after.strip(" \t:")


def entries_of(section: Section) -> Iterator[Entry]:
    """The entries of a section in their order."""
    lines = section.lines
    periods = [_period_of(line) for line in lines]
    anchors = [at for at, one in enumerate(periods) if one is not None and one.is_range]
    # Among entries that stand free, a list's item that names years tells about one of them.
    anchors = [at for at in anchors if not is_bullet(lines[at].text)] or anchors
    if not anchors:
        anchors = [at for at, one in enumerate(periods) if one is not None and _may_anchor(lines[at], one)]
    if not anchors:
        yield from _undated(lines)
        return
    starts = _starts(lines, anchors)
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        yield _entry(lines[start:end], anchors[number] - start, periods[anchors[number]])


def _period_of(line: Line) -> Period | None:
    """The period of a line that may be the head of an entry."""
    label = label_of(line.text)
    if label is not None and label[0] == "description":
        return None
    period = period_in(line.text)
    if period is None or (is_bullet(line.text) and not period.is_range):
        return None
    is_sentence = len(period.rest) > _LONGEST_HEAD_LINE
    return None if is_sentence else period


def _may_anchor(line: Line, period: Period) -> bool:
    return not is_bullet(line.text) and len(period.rest) <= _LONGEST_HEAD_LINE


def _starts(lines: Sequence[Line], anchors: Sequence[int]) -> list[int]:
    """Where each entry begins: as many lines above its period as the first one has."""
    lead = min(anchors[0], _MOST_HEAD_LINES)
    starts: list[int] = []
    for number, anchor in enumerate(anchors):
        least = 0 if number == 0 else anchors[number - 1] + 1
        start = anchor
        while start > max(least, anchor - lead) and _is_head(lines[start - 1]):
            start -= 1
        starts.append(start)
    starts[0] = 0 if anchors[0] <= _MOST_HEAD_LINES else starts[0]
    return starts


def _is_head(line: Line) -> bool:
    text = line.text.strip()
    ends_sentence = text.endswith((".", ";", ",")) and not re.search(r"\b(?:Co|Ltd|Inc|Corp|JSC)\.$", text)
    return not is_bullet(text) and len(text) <= _LONGEST_HEAD_LINE and not ends_sentence


def _entry(lines: Sequence[Line], anchor: int, period: Period | None) -> Entry:
    entry = Entry(period, list(lines[: anchor + _MOST_HEAD_LINES]))
    head_is_open = True
    for at, line in enumerate(lines):
        text = without_bullet(period.rest if at == anchor and period is not None else line.text)
        if not text:
            continue
        label = label_of(text)
        if label is not None:
            head_is_open = head_is_open and label[0] != "description"
            _keep_label(entry, *label)
        elif (head_is_open and at <= anchor) or (
            head_is_open and _is_more_head(entry, line, text, at - anchor)
        ):
            entry.pieces += pieces_of(text)
        else:
            head_is_open = False
            entry.told.append(text)
    return entry


def _keep_label(entry: Entry, name: str, value: str) -> None:
    if name == "description":
        entry.told.append(value)
    elif name != "period":
        entry.labelled.setdefault(name, value)


def _is_more_head(entry: Entry, line: Line, text: str, below: int) -> bool:
    """Whether a line below the period still names the post or the place: one of them is missing."""
    if below > 2 or is_bullet(line.text) or len(text) > _LONGEST_HEAD_LINE or text.endswith("."):
        return False
    named = {kind_of_piece(piece) for piece in entry.pieces} | set(entry.labelled)
    return not {"title", "organisation"} <= named and len(entry.pieces) < _MOST_HEAD_LINES + 1


def _undated(lines: Sequence[Line]) -> Iterator[Entry]:
    """Entries without any period: every line that names a post or a place."""
    for line in lines:
        text = without_bullet(line.text)
        label = label_of(text)
        if label is None and (len(text) > _LONGEST_HEAD_LINE or kind_of_piece(text) is None):
            continue
        entry = Entry(None, [line])
        if label is None:
            entry.pieces = pieces_of(text)
        else:
            _keep_label(entry, *label)
        yield entry


def pieces_of(text: str) -> list[str]:
    """The parts of the head of an entry; commas part only where both sides mean something of their own."""
    found: list[str] = []
    for part in _BREAK.split(text):
        piece = (part or "").strip(" ,.:-–—()|\t")
        if piece:
            found += _parted(piece)
    return found


def _parted(piece: str) -> list[str]:
    parts = _COMMA.split(piece)
    kinds = [kind_of_piece(part) for part in parts]
    if len(parts) < 2 or len({kind for kind in kinds if kind is not None}) < 2:
        return [piece]
    joined: list[str] = [parts[0]]
    for part, kind in zip(parts[1:], kinds[1:], strict=True):
        if kind is None or kind == kind_of_piece(joined[-1]):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def kind_of_piece(text: str) -> str | None:
    """«title» or «organisation» by the word that comes first; None for neither."""
    key = nfc(text.casefold())
    post, place = _first(_POSTS, key), _first(_ORGANISATIONS, key)
    if post is not None and (place is None or post <= place):
        return "title"
    return None if place is None else "organisation"


def _first(patterns: tuple[re.Pattern[str], re.Pattern[str]], key: str) -> int | None:
    """Where one of the words stands first; words written without marks count in texts without any."""
    found = patterns[1 if key.isascii() else 0].search(key)
    return None if found is None else found.start()


def parted_at_place(text: str) -> tuple[str, str]:
    """«Phó chủ tịch UBND xã» → post and place, where a place begins with a capital behind the post; "" for none."""
    for found in _ORGANISATION.finditer(nfc(text.casefold())):
        is_name = text[found.start()].isupper() and not text[found.start() :].casefold().startswith(
            "văn phòng"
        )
        if found.start() > 0 and is_name and kind_of_piece(text[: found.start()]) == "title":
            return text[: found.start()].strip(" ,-–"), text[found.start() :].strip()
    return text, ""


def told_text(told: Sequence[str]) -> str:
    """The description with wrapped lines joined again."""
    lines: list[str] = []
    for text in told:
        is_wrapped = bool(lines) and text[:1].islower() and not lines[-1].endswith((".", ";"))
        if is_wrapped:
            lines[-1] = f"{lines[-1]} {text}"
        else:
            lines.append(text)
    return "\n".join(lines)
