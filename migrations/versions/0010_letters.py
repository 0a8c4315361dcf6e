"""Outgoing letters, the addresses that take none, and single-use links."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_STATES = ("queued", "sending", "sent", "failed", "suppressed")
_PURPOSES = ("registration", "password", "email", "invitation")
_ENDS = ("used", "replaced", "password_changed", "email_changed")


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "mail_outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recipient_digest", sa.String(length=64), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", _words("letterstate_known", _STATES), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", _INSTANT, nullable=True),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("next_try_at", _INSTANT, nullable=False),
        sa.Column("good_until", _INSTANT, nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.Column("account_public_id", sa.String(length=26), nullable=False),
        sa.Column("person_public_id", sa.String(length=26), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=True),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_mail_outbox_attempts_not_negative")),
        sa.CheckConstraint(
            "state <> 'sending' OR claim_token IS NOT NULL", name=op.f("ck_mail_outbox_sending_is_claimed")
        ),
        sa.CheckConstraint(
            "state NOT IN ('queued', 'sending') OR (recipient_sealed IS NOT NULL AND content_sealed IS NOT NULL)",
            name=op.f("ck_mail_outbox_waiting_can_be_sent"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_outbox")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mail_outbox_public_id")),
    )
    op.create_index(op.f("ix_mail_outbox_state_next_try_at"), "mail_outbox", ["state", "next_try_at"])
    for column in ("account_public_id", "person_public_id", "recipient_digest"):
        op.create_index(op.f(f"ix_mail_outbox_{column}"), "mail_outbox", [column])
    op.create_table(
        "mail_suppression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient_digest", sa.String(length=64), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_suppression")),
        sa.UniqueConstraint("recipient_digest", name=op.f("uq_mail_suppression_recipient_digest")),
    )
    op.create_table(
        "single_use_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("purpose", _words("linkpurpose_known", _PURPOSES), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("subject_id", sa.String(length=26), nullable=False),
        sa.Column("email_digest", sa.String(length=64), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("used_at", _INSTANT, nullable=True),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.Column("ended_because", _words("linkend_known", _ENDS), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_because IS NULL)", name=op.f("ck_single_use_link_ended_with_reason")
        ),
        sa.CheckConstraint(
            "used_at IS NULL OR ended_at IS NOT NULL", name=op.f("ck_single_use_link_used_is_ended")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_single_use_link_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_single_use_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_single_use_link_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_single_use_link_token_hash")),
    )
    for column in ("account_id", "email_digest", "expires_at", "subject_id"):
        op.create_index(op.f(f"ix_single_use_link_{column}"), "single_use_link", [column])


def downgrade() -> None:
    op.drop_table("single_use_link")
    op.drop_table("mail_suppression")
    op.drop_table("mail_outbox")
