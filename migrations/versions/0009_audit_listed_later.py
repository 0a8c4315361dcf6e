"""Events of the log whose people are listed later, many events at once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_event_unlisted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_event.id"], name=op.f("fk_audit_event_unlisted_event_id_audit_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event_unlisted")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_event_unlisted_event_id")),
    )


def downgrade() -> None:
    op.drop_table("audit_event_unlisted")
