"""A figure may be missing because what counts it tells no parts of a place apart."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_BEFORE = (
    "not_printed",
    "not_collected",
    "no_plan",
    "no_baseline",
    "no_denominator",
    "only_totals",
    "unit_divided",
    "units_differ",
    "too_few",
)
_NAME = "ck_observation_missing_known"


def _allow(words: tuple[str, ...]) -> None:
    with op.batch_alter_table("observation") as batch:
        batch.drop_constraint(op.f(_NAME), type_="check")
        batch.create_check_constraint(op.f(_NAME), sa.column("why_missing").in_(words))


def upgrade() -> None:
    _allow((*_BEFORE[:-1], "not_by_part", _BEFORE[-1]))


def downgrade() -> None:
    """Nobody can enter the reason by hand: it is given to counted figures alone, which are not kept."""
    _allow(_BEFORE)
