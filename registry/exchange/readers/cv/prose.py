"""From the lines of a CV to its items: sections first, then what each kind of section holds."""

from collections.abc import Iterator, Sequence

from registry.exchange.readers.cv.found import MOST_A_PART, MOST_ITEMS, Item, Line, Part
from registry.exchange.readers.cv.lists import languages_of, skills_of
from registry.exchange.readers.cv.person import person_of
from registry.exchange.readers.cv.posts import posts_of
from registry.exchange.readers.cv.sections import sections_of
from registry.exchange.readers.cv.studies import studies_of
from registry.text import fold

_READ = {"education": studies_of, "experience": posts_of, "skill": skills_of, "language": languages_of}


def items_of(lines: Sequence[Line]) -> list[Item]:
    """All items of a CV in the order of forms: the person first, then the sections as they stand."""
    sections = sections_of(lines)
    found = list(person_of(sections))
    for section in sections:
        read = _READ.get(section.kind)
        if read is not None:
            found.extend(read(section))
    return bounded(found)


def bounded(found: Sequence[Item]) -> list[Item]:
    """The items without repetitions, no more of each kind than a page can show."""
    return list(_bounded(found))[:MOST_ITEMS]


def _bounded(found: Sequence[Item]) -> Iterator[Item]:
    counts: dict[Part, int] = {}
    seen: set[tuple[str, str]] = set()
    for one in found:
        key = (one.part, _key_of(one))
        counts[one.part] = counts.get(one.part, 0) + (key not in seen)
        if key not in seen and counts[one.part] <= MOST_A_PART[one.part]:
            yield one
        seen.add(key)


def _key_of(one: Item) -> str:
    """What makes two items the same."""
    if one.part == "language":
        return one.fields.get("language", "")
    return fold(" ".join(f"{name} {value}" for name, value in one.fields.items() if name != "description"))
