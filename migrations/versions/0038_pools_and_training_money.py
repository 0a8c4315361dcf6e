"""What lists of people are kept for, with the decision of a pipeline of leaders."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0034"
branch_labels = None
depends_on = None

_KIND = sa.Enum(
    "talent",
    "pipeline",
    "panel",
    name="poolkind_known",
    native_enum=False,
    create_constraint=True,
    length=40,
)
_DECIDED = (
    "kind = 'pipeline' AND term <> '' AND position <> '' AND decision_number <> '' AND decided_on IS NOT NULL "
    "OR kind <> 'pipeline' AND term = '' AND position = '' AND decision_number = '' AND decided_on IS NULL"
)


def upgrade() -> None:
    with op.batch_alter_table("shortlist") as batch:
        batch.add_column(sa.Column("kind", _KIND, server_default="talent", nullable=False))
        batch.add_column(sa.Column("term", sa.String(length=40), server_default="", nullable=False))
        batch.add_column(sa.Column("position", sa.String(length=200), server_default="", nullable=False))
        batch.add_column(
            sa.Column("decision_number", sa.String(length=100), server_default="", nullable=False)
        )
        batch.add_column(sa.Column("decided_on", sa.Date(), nullable=True))
        batch.create_check_constraint(op.f("ck_shortlist_pipeline_decided"), _DECIDED)


def downgrade() -> None:
    with op.batch_alter_table("shortlist") as batch:
        batch.drop_constraint(op.f("ck_shortlist_pipeline_decided"), type_="check")
        batch.drop_constraint("ck_shortlist_poolkind_known", type_="check")
        batch.drop_column("decided_on")
        batch.drop_column("decision_number")
        batch.drop_column("position")
        batch.drop_column("term")
        batch.drop_column("kind")
