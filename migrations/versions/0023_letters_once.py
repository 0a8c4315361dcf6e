"""Letters that go out once an occasion, in bulk, or are taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_STATES = ("queued", "sending", "sent", "failed", "suppressed")
_CANCELLED = "cancelled"


def _allow(states: tuple[str, ...]) -> None:
    name = op.f("ck_mail_outbox_letterstate_known")
    with op.batch_alter_table("mail_outbox") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, sa.column("state").in_(states))


def upgrade() -> None:
    _allow((*_STATES, _CANCELLED))
    with op.batch_alter_table("mail_outbox") as batch:
        batch.add_column(sa.Column("once_key", sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("is_bulk", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_unique_constraint(op.f("uq_mail_outbox_once_key"), ["once_key"])


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM mail_outbox WHERE state = :state").bindparams(state=_CANCELLED))
    with op.batch_alter_table("mail_outbox") as batch:
        batch.drop_constraint(op.f("uq_mail_outbox_once_key"), type_="unique")
        batch.drop_column("cancelled_at")
        batch.drop_column("is_bulk")
        batch.drop_column("once_key")
    _allow(_STATES)
