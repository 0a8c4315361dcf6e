"""The tables of all rooms, for migrations, and the way to bring a database to the current revision."""

from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from registry.accounts import models as accounts
from registry.api import models as api
from registry.audit import models as audit
from registry.balance import models as balance
from registry.campaigns import models as campaigns
from registry.candidacies import models as candidacies
from registry.consents import models as consents
from registry.db import Base, Database
from registry.exchange import models as exchange
from registry.exports import models as exports
from registry.grants import models as grants
from registry.incidents import models as incidents
from registry.indicators import models as indicators
from registry.introductions import models as introductions
from registry.jobs import models as jobs
from registry.mail import models as mail
from registry.matching import models as matching
from registry.needs import models as needs
from registry.networks import models as networks
from registry.offers import models as offers
from registry.open_data import models as open_data
from registry.organisations import models as organisations
from registry.paths import MIGRATIONS
from registry.people import models as people
from registry.places import models as places
from registry.policies import models as policies
from registry.privacy import models as privacy
from registry.programmes import models as programmes
from registry.registrations import models as registrations
from registry.skills import models as skills
from registry.training import models as training
from registry.web import models as web

# Every module with tables: one that nobody imported would look to a migration like tables to drop.
MODELS = (
    accounts,
    api,
    audit,
    balance,
    campaigns,
    candidacies,
    consents,
    exchange,
    exports,
    grants,
    incidents,
    indicators,
    introductions,
    jobs,
    mail,
    matching,
    needs,
    networks,
    offers,
    open_data,
    organisations,
    people,
    places,
    policies,
    privacy,
    programmes,
    registrations,
    skills,
    training,
    web,
)
METADATA = Base.metadata
# What only migrations know, since each of the two databases has its own: the indexes of the full text.
_IN_MIGRATIONS_ALONE = ("person_text_words", "ix_person_text_")


def is_modelled(_object: Any, name: str | None, _kind: str, _reflected: bool, _other: Any) -> bool:
    """Whether Alembic is to look for this table or index in the models."""
    return not (name or "").startswith(_IN_MIGRATIONS_ALONE)


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the migrations of this installation, on this connection if given."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def upgrade_schema(database: Database, revision: str = "head") -> None:
    """Migrate the database to a revision (default: the newest)."""
    with database.write_engine.connect() as connection:
        command.upgrade(alembic_config(connection), revision)
        connection.commit()


def recreate_schema(database: Database, revision: str = "head") -> None:
    """Leave a database of a revision with nothing in it: for one that nobody used yet."""
    with database.write_engine.connect() as connection:
        command.downgrade(alembic_config(connection), "base")
        command.upgrade(alembic_config(connection), revision)
        connection.commit()


def current_revision(database: Database) -> str | None:
    """The revision the database is at; None for an empty one."""
    with database.read_engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The revision this code was written for."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def known_revisions() -> list[str]:
    """All revisions this code can bring a database to, the newest first."""
    return [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()]
