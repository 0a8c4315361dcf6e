"""Decisions on eligibility, grants with lines and payments, commitments and what happened to them."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "eligibility_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "refused",
                "revoked",
                "expired",
                name="decisionstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("signer_name", sa.String(length=200), nullable=False),
        sa.Column("signer_post", sa.String(length=200), nullable=False),
        sa.Column("is_against_answer", sa.Boolean(), nullable=False),
        sa.Column("ground_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("frozen_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("frozen_sha256", sa.String(length=64), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", _INSTANT, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", _INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'expired') OR (number <> '' AND decided_by_id IS NOT NULL)",
            name=op.f("ck_eligibility_decision_approved_with_number"),
        ),
        sa.CheckConstraint(
            "decided_by_id <> proposed_by_id", name=op.f("ck_eligibility_decision_decided_by_another")
        ),
        sa.CheckConstraint(
            "expires_on IS NULL OR expires_on >= decided_on",
            name=op.f("ck_eligibility_decision_expires_later"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_eligibility_decision_decided_by_id_account")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_eligibility_decision_need_id_need")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_eligibility_decision_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_eligibility_decision_proposed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["policy_version.id"],
            name=op.f("fk_eligibility_decision_version_id_policy_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_decision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_eligibility_decision_public_id")),
    )
    op.create_index(op.f("ix_eligibility_decision_need_id"), "eligibility_decision", ["need_id"])
    op.create_index(op.f("ix_eligibility_decision_person_id"), "eligibility_decision", ["person_id"])
    op.create_index(
        op.f("ix_eligibility_decision_state_expires_on"), "eligibility_decision", ["state", "expires_on"]
    )
    op.create_index(op.f("ix_eligibility_decision_version_id"), "eligibility_decision", ["version_id"])
    op.create_table(
        "decision_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "refused",
                "revoked",
                "expired",
                name="decisionstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_decision_step_by_id_account")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["eligibility_decision.id"],
            name=op.f("fk_decision_step_decision_id_eligibility_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_step_public_id")),
    )
    op.create_index(op.f("ix_decision_step_decision_id"), "decision_step", ["decision_id"])
    op.create_table(
        "policy_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "active",
                "suspended",
                "extended",
                "completed",
                "ended",
                "breached",
                "repaid",
                "waived",
                name="grantstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["eligibility_decision.id"],
            name=op.f("fk_policy_grant_decision_id_eligibility_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_policy_grant_made_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_grant")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_policy_grant_decision_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_policy_grant_public_id")),
    )
    op.create_index(op.f("ix_policy_grant_state"), "policy_grant", ["state"])
    op.create_table(
        "grant_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("benefit", sa.String(length=60), nullable=False),
        sa.Column("group_code", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("clause", sa.String(length=500), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fixed",
                "range",
                "up_to",
                "unknown",
                "in_kind",
                "negotiated",
                name="linekind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "period",
            sa.Enum(
                "once",
                "month",
                "year",
                name="period_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("low_vnd", sa.BigInteger(), nullable=True),
        sa.Column("high_vnd", sa.BigInteger(), nullable=True),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("fixed_by_id", sa.Integer(), nullable=True),
        sa.Column("fixed_at", _INSTANT, nullable=True),
        sa.Column("ground_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("amount_vnd >= 0", name=op.f("ck_grant_line_amount_not_negative")),
        sa.CheckConstraint(
            "amount_vnd IS NULL OR high_vnd IS NULL OR amount_vnd <= high_vnd",
            name=op.f("ck_grant_line_at_most_high"),
        ),
        sa.CheckConstraint(
            "amount_vnd IS NULL OR low_vnd IS NULL OR amount_vnd >= low_vnd",
            name=op.f("ck_grant_line_at_least_low"),
        ),
        sa.ForeignKeyConstraint(
            ["fixed_by_id"], ["account.id"], name=op.f("fk_grant_line_fixed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["policy_grant.id"], name=op.f("fk_grant_line_grant_id_policy_grant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_line")),
        sa.UniqueConstraint("grant_id", "position", name=op.f("uq_grant_line_grant_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grant_line_public_id")),
    )
    op.create_table(
        "grant_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "committed",
                "paid",
                "cancelled",
                name="paymentstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("voucher", sa.String(length=80), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "(state = 'paid') = (paid_on IS NOT NULL)", name=op.f("ck_grant_payment_paid_with_its_day")
        ),
        sa.CheckConstraint(
            "state <> 'paid' OR voucher <> ''", name=op.f("ck_grant_payment_paid_with_voucher")
        ),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_grant_payment_positive")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_grant_payment_by_id_account")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["grant_line.id"], name=op.f("fk_grant_payment_line_id_grant_line")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_payment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grant_payment_public_id")),
    )
    op.create_index(op.f("ix_grant_payment_line_id"), "grant_payment", ["line_id"])
    op.create_index(op.f("ix_grant_payment_state_due_on"), "grant_payment", ["state", "due_on"])
    op.create_table(
        "grant_commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "suspended",
                "fulfilled",
                "breached",
                "repaid",
                "waived",
                name="commitmentstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("first_until", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("alert_sent", sa.Integer(), nullable=True),
        sa.Column("breached_on", sa.Date(), nullable=True),
        sa.Column("breach_by_id", sa.Integer(), nullable=True),
        sa.Column("repayable_vnd", sa.BigInteger(), nullable=True),
        sa.Column("repayable_formula", sa.Text(), nullable=False),
        sa.Column("repay_by", sa.Date(), nullable=True),
        sa.Column("repaid_vnd", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_until >= starts_on", name=op.f("ck_grant_commitment_in_order")),
        sa.CheckConstraint("repaid_vnd >= 0", name=op.f("ck_grant_commitment_repaid_not_negative")),
        sa.CheckConstraint("repayable_vnd >= 0", name=op.f("ck_grant_commitment_repayable_not_negative")),
        sa.ForeignKeyConstraint(
            ["breach_by_id"], ["account.id"], name=op.f("fk_grant_commitment_breach_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["policy_grant.id"], name=op.f("fk_grant_commitment_grant_id_policy_grant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_commitment")),
        sa.UniqueConstraint("grant_id", name=op.f("uq_grant_commitment_grant_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grant_commitment_public_id")),
    )
    op.create_index(op.f("ix_grant_commitment_state_until"), "grant_commitment", ["state", "until"])
    op.create_table(
        "grant_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "committed",
                "suspended",
                "resumed",
                "extended",
                "completed",
                "ended",
                "fulfilled",
                "breached",
                "repaid",
                "waived",
                "payment_undone",
                name="eventkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("to_day IS NULL OR to_day >= on_day", name=op.f("ck_grant_event_in_order")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_grant_event_by_id_account")),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["policy_grant.id"], name=op.f("fk_grant_event_grant_id_policy_grant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grant_event_public_id")),
    )
    op.create_index(op.f("ix_grant_event_grant_id"), "grant_event", ["grant_id"])


def downgrade() -> None:
    op.drop_table("grant_event")
    op.drop_table("grant_commitment")
    op.drop_table("grant_payment")
    op.drop_table("grant_line")
    op.drop_table("policy_grant")
    op.drop_table("decision_step")
    op.drop_table("eligibility_decision")
