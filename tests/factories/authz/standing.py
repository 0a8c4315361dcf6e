"""Where the person «own» of the installation stands: planted in everything that lists people, and looked for in pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.exchange.models import ImportBatch, ImportRow
from registry.exchange.operations.batches import add_issues
from registry.exchange.operations.judging import Remark
from registry.exchange.rules.batches import BatchState, RowState
from registry.exchange.rules.findings import Finding
from registry.people.models import DuplicateMerge, Person, SkillClaim
from registry.people.rules import Problem
from registry.skills.models import PendingTerm
from registry.web.database import Database
from tests.factories.authz.asking import Asker, Cell
from tests.factories.authz.expected import SERVED, Matrix
from tests.factories.authz.people import NAMES
from tests.factories.authz.world import World
from tests.factories.people import AT, TODAY

STAFF = ("offA", "cadN", "sysN", "audN", "cadA", "mixd", "sysA")
"""Whoever may have to do with the person: officers of other places are let in nowhere, as the matrix says."""
_ABOUT = {"-", "own", "one", "mixed"}
"""The objects that have to do with the person."""


@dataclass(frozen=True)
class Page:
    """A page that somebody of the staff may open: the line of the matrix, the object, who."""

    cell: Cell

    @property
    def line(self) -> str:
        """The address as the file has it."""
        return self.cell.ask.path


def plant(session: Session, world: World) -> None:
    """Into what the installation leaves out: a kept text, a merge, an import that said something of a row."""
    person = own(session)
    person.code = "HS-00017"  # pages that name a few codes name the first
    term = session.scalars(select(PendingTerm).where(PendingTerm.text == "Chữ chưa ai biết")).one()
    session.add(SkillClaim(person_id=person.id, pending_term_id=term.id, typed=term.text, valid_from=TODAY))
    for merge in session.scalars(select(DuplicateMerge)):
        merge.survivor_id = person.id
    batch = session.scalars(
        select(ImportBatch).where(ImportBatch.public_id == world.objects["batch"]["own"]["ma"])
    ).one()
    batch.state, batch.rows = BatchState.COMMITTED, 1
    session.add(
        ImportRow(
            batch_id=batch.id, row=2, state=RowState.CREATED, subject_id=person.public_id,
            subject_version=person.version, created_at=AT,
        )
    )  # fmt: skip
    doubt = Finding("name", NAMES["own"][0], Problem("odd", "Xem lại"), is_error=False)
    add_issues(session, batch, [Remark(2, 0, "Họ và tên", doubt)])
    batch.errors = batch.valid = 0
    session.commit()


def own(session: Session) -> Person:
    """The person who stands everywhere."""
    return session.scalars(select(Person).where(Person.full_name == NAMES["own"][0])).one()


def pages(matrix: Matrix, *, most: int = len(STAFF)) -> Iterator[Page]:
    """Every page of the matrix, for the first of the staff whom it lets in, no more than `most` of them.

    Not what strangers read too: that they are shown nobody, the matrix itself says.
    """
    for ask in matrix.asks:
        if ask.method != "GET" or ask.is_stale or ask.served != SERVED:
            continue
        for where, verdicts in matrix.shapes[ask.shape].items():
            if where in _ABOUT and verdicts["anon"] != SERVED:
                let_in = [actor for actor in STAFF if verdicts[actor] == SERVED]
                yield from (Page(Cell(ask, where, actor, SERVED)) for actor in let_in[:most])


class Worker:
    """One process of the installation, asked as browsers do: what is asked and sent stays written."""

    def __init__(self, app: Flask, database: Database, world: World, person: Person) -> None:
        with database.write_engine.connect() as connection:
            self.asker = Asker(app, connection, world)
        self.world, self.person = world, person
        number = NAMES["own"][2]
        self.texts = frozenset(
            {
                *(person.full_name, person.code, person.public_id, "own@vidu.vn"),
                f"0912 {number[-6:-3]} {number[-3:]}",
            }
        )

    def shows(self, page: Page) -> bool:
        """Whether the page tells of the person by name, code, address, number or the way to the record.

        What stands in the address itself whoever asks wrote.
        """
        path, query = self.asker.address(page.cell)
        words = self.read(f"{path}?{query}", page.cell.actor)
        return any(text in words and text not in f"{path}?{query}" for text in self.texts)

    def read(self, address: str, actor: str) -> str:
        """The words of a page or of a workbook."""
        answer = self.asker.client.get(address, headers={"Cookie": self.world.actors[actor].fresh})
        sent = answer.get_data()
        answer.close()
        assert answer.status_code < 500, address
        return _words(sent)

    def send(self, section: str, **fields: object) -> None:
        """The officer of the person writes a section of the record."""
        answer = self.asker.client.post(
            f"/ung-vien/{self.person.public_id}/{section}",
            data={**fields, **self.asker.token},
            headers={"Cookie": self.world.actors["offA"].fresh},
        )
        assert answer.status_code == 303, answer.get_data(as_text=True)


def _words(sent: bytes) -> str:
    """What a page or a workbook says."""
    if not sent.startswith(b"PK"):
        return sent.decode("utf-8", "replace")
    with ZipFile(BytesIO(sent)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
