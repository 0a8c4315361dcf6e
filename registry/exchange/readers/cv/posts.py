"""Posts: from the entries of the sections about work to items."""

from collections.abc import Iterator

from registry.exchange.readers.cv.entries import Entry, entries_of, kind_of_piece, parted_at_place, told_text
from registry.exchange.readers.cv.found import Item, Section, item

_FULL, _NO_PERIOD, _GUESSED, _ONE_MISSING = 90, 50, 15, 20


def posts_of(section: Section) -> Iterator[Item]:
    """The posts of a section."""
    for entry in entries_of(section):
        found = _post(entry, section.heading)
        if found is not None:
            yield found


def _post(entry: Entry, heading: str) -> Item | None:
    title, organisation, is_guessed = _named(entry)
    period = entry.period
    if not title and not organisation:
        return None
    sure = _FULL if period is not None and period.is_range else _NO_PERIOD
    sure -= _GUESSED if is_guessed else 0
    sure -= _ONE_MISSING if not organisation else 0
    # Without a post the form cannot be kept: it is shown, and asked for.
    sure -= 2 * _ONE_MISSING if not title else 0
    fields = {
        "title": title,
        "organisation": organisation,
        "started": "" if period is None else period.started,
        "ended": "" if period is None else period.ended,
        "is_ongoing": "y" if period is not None and period.is_ongoing else "",
        "description": told_text(entry.told),
    }
    return item("experience", fields, entry.lines, heading, sure)


def _named(entry: Entry) -> tuple[str, str, bool]:
    """(post, place of work, whether one of them is a guess from its place in the head)."""
    title, organisation = entry.labelled.get("title", ""), entry.labelled.get("organisation", "")
    unknown: list[str] = []
    for piece in entry.pieces:
        kind = kind_of_piece(piece)
        if kind == "title" and not title:
            title = piece
        elif kind == "organisation" and not organisation:
            organisation = piece
        elif kind is None:
            unknown.append(piece)
    if unknown:
        return _guessed(title, organisation, unknown)
    if title and not organisation:
        return _cut_from_title(title)
    return title, organisation, False


def _guessed(title: str, organisation: str, unknown: list[str]) -> tuple[str, str, bool]:
    """What the head does not name by a word is named by its place: the post first, then where."""
    is_guessed = not title or not organisation
    title = title or unknown.pop(0)
    return title, organisation or next(iter(unknown), ""), is_guessed


def _cut_from_title(title: str) -> tuple[str, str, bool]:
    """Post and place of one piece: cut where a place begins by its word, else at the first comma."""
    post, place = parted_at_place(title)
    if place:
        return post, place, False
    post, _comma, place = title.partition(", ")
    return post, place, bool(place)
