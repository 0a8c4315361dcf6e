"""What the tests of curating share: a vocabulary small enough to be built often, a curator, a worker."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.app.handlers import HANDLERS
from registry.db import Database, new_public_id
from registry.jobs.worker import run_due_jobs
from registry.skills.models import Skill, SkillLabel, SkillRelation, VocabularyState
from registry.skills.readers import VocabularyFiles
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.databases import own_database
from tests.factories.skills import shipped_files

FEW = ("FI01", "FI02", "IT01", "IT02", "IT03", "IT15", "IT16", "IT17", "EN02", "AG01")


@pytest.fixture(scope="session")
def database(
    database: Database, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database with a vocabulary of few concepts: the whole one takes seconds to build after every change."""
    with own_database(database, request, tmp_path_factory.mktemp("few"), "few") as (_url, small):
        with small.writing() as session:
            _leave_few(session)
            session.commit()
        yield small


def _leave_few(session: Session) -> None:
    kept = select(Skill.id).where(Skill.code.in_(FEW))
    session.execute(delete(SkillRelation).where(SkillRelation.skill_id.not_in(kept)))
    session.execute(delete(SkillRelation).where(SkillRelation.other_id.not_in(kept)))
    session.execute(delete(SkillLabel).where(SkillLabel.skill_id.not_in(kept)))
    session.execute(delete(Skill).where(Skill.code.not_in(FEW)))
    session.scalars(select(VocabularyState)).one().version = new_public_id()


@pytest.fixture
def few(session: Session) -> Session:
    """The session, named for what it sees: ten concepts."""
    return session


@pytest.fixture(scope="session")
def shipped() -> VocabularyFiles:
    """All the rows of the product."""
    return shipped_files()


@pytest.fixture
def files(few: Session, shipped: VocabularyFiles) -> VocabularyFiles:
    """The rows of the few concepts that the session knows: the whole vocabulary takes seconds to load."""
    known = set(few.scalars(select(Skill.code)))
    return VocabularyFiles(
        [row for row in shipped.skills if row.code in known],
        [row for row in shipped.labels if row.code in known],
        [row for row in shipped.relations if {row.code, row.other} <= known],
        "few",
    )


@pytest.fixture
def curator(session: Session) -> Account:
    """An administrator of Lai Châu, who may curate."""
    return account(session, Role.CAMPAIGN_ADMIN, unit_path="VN/12/")


@pytest.fixture
def curating(few: Session, client: Client, curator: Account) -> Client:
    """The curator's browser over the small vocabulary."""
    sign_in(client, curator)
    return client


@pytest.fixture
def work(app: Flask) -> Callable[[], int]:
    """Run the jobs that are due, as the worker does."""

    def run() -> int:
        return run_due_jobs(app.extensions["registry.database"], HANDLERS, clock=lambda: datetime.now(UTC))

    return run
