"""Letters that go out once an occasion, in bulk, or are taken back; what people do not want to be written to about."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_STATES = ("queued", "sending", "sent", "failed", "suppressed")
_CANCELLED = "cancelled"
_TOPICS = ("campaigns", "offers", "messages")
_WAYS = ("link", "page")


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


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
    op.create_table(
        "letter_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", _words("lettertopic_known", _TOPICS), nullable=False),
        sa.Column("way", _words("stopway_known", _WAYS), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_letter_stop_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_stop")),
        sa.UniqueConstraint("person_id", "topic", name=op.f("uq_letter_stop_person_id_topic")),
    )


def downgrade() -> None:
    op.drop_table("letter_stop")
    op.execute(sa.text("DELETE FROM mail_outbox WHERE state = :state").bindparams(state=_CANCELLED))
    with op.batch_alter_table("mail_outbox") as batch:
        batch.drop_constraint(op.f("uq_mail_outbox_once_key"), type_="unique")
        batch.drop_column("cancelled_at")
        batch.drop_column("is_bulk")
        batch.drop_column("once_key")
    _allow(_STATES)
