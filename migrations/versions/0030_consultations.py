"""Consultations on drafts of policies: agencies asked, their comments, what was done with each."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "policy_consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("letter", sa.String(length=80), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.CheckConstraint("due_on >= asked_on", name=op.f("ck_policy_consultation_due_later")),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= asked_on",
            name=op.f("ck_policy_consultation_answered_later"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_policy_consultation_asked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["policy_version.id"],
            name=op.f("fk_policy_consultation_version_id_policy_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_consultation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_policy_consultation_public_id")),
        sa.UniqueConstraint("version_id", "agency", name=op.f("uq_policy_consultation_version_id_agency")),
    )
    op.create_table(
        "policy_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(length=500), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "explained",
                "rejected",
                name="commentoutcome_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", _INSTANT, nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (settled_at IS NULL)", name=op.f("ck_policy_comment_settled_with_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["policy_consultation.id"],
            name=op.f("fk_policy_comment_consultation_id_policy_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_policy_comment_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["account.id"], name=op.f("fk_policy_comment_settled_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_comment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_policy_comment_public_id")),
    )
    op.create_index(op.f("ix_policy_comment_consultation_id"), "policy_comment", ["consultation_id"])


def downgrade() -> None:
    op.drop_table("policy_comment")
    op.drop_table("policy_consultation")
