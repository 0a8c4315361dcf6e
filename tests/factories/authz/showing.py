"""Which fields of a person are shown to whom, in pages, tables, PDF and the copy that people take along."""

import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import replace

import pypdf

from tests.factories.authz.asking import Asker, Cell
from tests.factories.authz.expected import Ask
from tests.factories.authz.fields import WHO, Fields, texts_of

VIEWERS = {
    "S": "self",
    "A": "offA",
    "B": "offB",
    "C": "cadA",
    "Y": "sysN",
    "D": "audN",
    "K": "keyW",
    "L": "keyB",
}
"""Whom the file calls by a letter."""


def misshown(asker: Asker, fields: Fields, forms: Collection[str] = ()) -> list[str]:
    """Every field that is shown to somebody, or not, otherwise than the file says; of these forms, or of all."""
    asked = replace(
        fields, asks={form: asks for form, asks in fields.asks.items() if not forms or form in forms}
    )
    found: list[str] = []
    for state, who in WHO.items():
        wanted = {
            (field, form, letter)
            for field, said in fields.shown[state].items()
            for form, letters in said.items()
            if form in asked.asks
            for letter in letters
        }
        shown = set(shown_to(asker, asked, who))
        found += [
            f"[{state}] {field} {form}:{letter} hiện mà tệp không cho"
            for field, form, letter in shown - wanted
        ]
        found += [f"[{state}] {field} {form}:{letter} không hiện" for field, form, letter in wanted - shown]
    return sorted(found)


def shown_to(asker: Asker, fields: Fields, who: str) -> Iterator[tuple[str, str, str]]:
    """(field, form, letter of a viewer) for all that is shown."""
    looks = texts_of(fields, who)
    for form, asks in fields.asks.items():
        for letter, actor in VIEWERS.items():
            pages = " ".join(_text(asker, ask, who, actor) for ask in asks)
            for field, look in looks.items():
                if look.search(pages):
                    yield field, form, letter


def _text(asker: Asker, ask: Ask, who: str, actor: str) -> str:
    where = who if who in asker.world.objects.get(ask.kind, {}) else "own"
    return _words(asker.body_of(Cell(ask, where, actor, "S")))


def _words(body: bytes) -> str:
    """The words of a page, of a PDF, of all files of an archive."""
    if body.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return " ".join(_words(packed.read(name)) for name in packed.namelist())
    return body.decode("utf-8", "replace")
