"""What the tests of curating share: a vocabulary small enough to be built often, a curator, a worker."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.app.handlers import HANDLERS
from registry.db import new_public_id
from registry.jobs.worker import run_due_jobs
from registry.skills.models import Skill, SkillLabel, SkillRelation, VocabularyState
from tests.conftest import Client
from tests.factories.accounts import account, sign_in

FEW = ("FI01", "FI02", "IT01", "IT02", "IT03", "IT15", "IT16", "IT17", "EN02", "AG01")


@pytest.fixture
def few(session: Session) -> Session:
    """The session with a vocabulary of few concepts: the whole one takes seconds to build after every change."""
    kept = select(Skill.id).where(Skill.code.in_(FEW))
    session.execute(delete(SkillRelation).where(SkillRelation.skill_id.not_in(kept)))
    session.execute(delete(SkillRelation).where(SkillRelation.other_id.not_in(kept)))
    session.execute(delete(SkillLabel).where(SkillLabel.skill_id.not_in(kept)))
    session.execute(delete(Skill).where(Skill.code.not_in(FEW)))
    session.scalars(select(VocabularyState)).one().version = new_public_id()
    session.commit()
    return session


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
