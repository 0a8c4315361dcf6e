"""Reads the file of expectations: who gets which verdict where, and who may be shown what."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

FILE = Path(__file__).resolve().parents[2] / "web" / "authz" / "matrix.txt"
NO_OBJECT = "-"
SERVED = "S"
STALE = "stale"
"""The word after a shape: asked for by a sign-in that proved itself long ago."""


class Unreadable(Exception):
    """A line of the file that says nothing that can be checked."""


@dataclass(frozen=True)
class Ask:
    """A line of routes: what is asked for, of which kind of object, in which shape, with which form.

    `served` is what the request gets from those the shape lets in: a page, or what comes of an empty form.
    """

    method: str
    path: str
    kind: str
    shape: str
    served: str
    fields: Sequence[tuple[str, str]]
    is_stale: bool
    line: int


@dataclass(frozen=True)
class Matrix:
    """The file: actors in the order of the columns, then those that come with a key; {shape: {where: {actor: verdict}}}, routes, {mark: {actor: y, o or -}},
    and for each page the words with a number and {actor: number, or - when the words are not there}.
    """

    actors: Sequence[str]
    shapes: Mapping[str, Mapping[str, Mapping[str, str]]]
    asks: Sequence[Ask]
    sees: Mapping[str, Mapping[str, str]]
    counts: Mapping[str, Mapping[re.Pattern[str], Mapping[str, str]]]


def read_matrix(path: Path = FILE) -> Matrix:
    """The expectations of a file. Raises Unreadable, naming the line."""
    sections: dict[str, list[tuple[int, str]]] = {}
    name = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        bare = line.partition("#")[0].rstrip()
        if not bare:
            continue
        if bare.startswith("["):
            name = bare.strip("[]")
            sections[name] = []
        else:
            sections[name].append((number, bare))
    people = [word for _number, line in sections["actors"] for word in line.split()]
    actors = Actors(people, [word for _number, line in sections.get("keys", []) for word in line.split()])
    shapes = _shapes(sections["shapes"], actors)
    asks = [_ask(number, line, shapes) for number, line in sections["routes"]]
    sees: dict[str, Mapping[str, str]] = {}
    for number, line in sections["sees"]:
        mark, _blank, marks = line.partition(" ")
        assert mark not in sees, f"dòng {number}: {mark} đã có dòng khác"
        sees[mark] = dict(zip(actors, _cells(number, marks, actors), strict=True))
    return Matrix([*actors], shapes, asks, sees, _counts(sections.get("counts", []), actors))


class Actors(list[str]):
    """Who stands in the columns. Those with a key are nobody on pages: a line that says nothing of them means that they
    get what the first column gets.
    """

    def __init__(self, people: Sequence[str], keys: Sequence[str]) -> None:
        super().__init__([*people, *keys])
        self.people, self.keys = len(people), len(keys)

    def filled(self, cells: Sequence[str]) -> list[str]:
        """The cells of a line with those of the keys."""
        return [*cells, *([cells[0]] * self.keys if len(cells) == self.people else [])]


def _shapes(lines: Sequence[tuple[int, str]], actors: Actors) -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    name = ""
    for number, line in lines:
        if not line.startswith(" "):
            name = line.strip()
            found[name] = {}
            continue
        wheres, _blank, verdicts = line.strip().partition(" ")
        cells = dict(zip(actors, _cells(number, verdicts, actors), strict=True))
        found[name] |= dict.fromkeys(wheres.split(","), cells)
    return found


def _counts(
    lines: Sequence[tuple[int, str]], actors: Actors
) -> dict[str, dict[re.Pattern[str], dict[str, str]]]:
    """`address | words with a … for the number | number of each actor`; words without a number count as x."""
    found: dict[str, dict[re.Pattern[str], dict[str, str]]] = {}
    for number, line in lines:
        parts = [one.strip() for one in line.split(" | ")]
        said = actors.filled(parts[-1].split())
        if len(parts) != 3 or len(said) != len(actors):
            raise Unreadable(f"dòng {number}: {len(said)} số cho {len(actors)} loại người dùng")
        address, words, _numbers = parts
        pattern = re.compile(re.escape(words).replace("…", r"(\d+)"))
        found.setdefault(address, {})[pattern] = dict(zip(actors, said, strict=True))
    return found


def _cells(number: int, text: str, actors: Actors) -> str:
    cells = "".join(actors.filled("".join(text.split())))
    if len(cells) != len(actors):
        raise Unreadable(f"dòng {number}: {len(cells)} ô cho {len(actors)} loại người dùng")
    return cells


def _ask(number: int, line: str, shapes: Mapping[str, object]) -> Ask:
    parts = line.split()
    if len(parts) < 4:
        raise Unreadable(f"dòng {number}: cần phương thức, địa chỉ, loại đối tượng và dạng")
    method, path, kind, shape, *more = parts
    shape, _equals, served = shape.partition("=")
    if shape not in shapes:
        raise Unreadable(f"dòng {number}: không có dạng «{shape}»")
    fields = [pair for one in more if one != STALE for pair in parse_qsl(one, keep_blank_values=True)]
    return Ask(method, path, kind, shape, served or SERVED, tuple(fields), STALE in more, number)


def cells_of(matrix: Matrix, ask: Ask) -> Iterator[tuple[str, str, str]]:
    """(where, actor, verdict) of a line."""
    for where, verdicts in matrix.shapes[ask.shape].items():
        for actor, verdict in verdicts.items():
            yield where, actor, ask.served if verdict == SERVED else verdict
