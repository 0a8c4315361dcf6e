"""Candidacies: stages, decisions, interview notes, ties, opinions, checks after placement, nominations."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "candidacy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "suggested",
                "interest",
                "nomination",
                "self_nomination",
                "campaign",
                "officer",
                name="source_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "suggested",
                "invited",
                "interested",
                "shortlisted",
                "referred",
                "interviewed",
                "offered",
                "accepted",
                "signed",
                "placed",
                "declined",
                "withdrawn",
                "not_selected",
                "removed",
                "closed_placed_elsewhere",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stage_since", _INSTANT, nullable=False),
        sa.Column(
            "next_step",
            sa.Enum(
                "contact",
                "answer",
                "review",
                "refer",
                "interview",
                "decide",
                "offer",
                "sign",
                "begin",
                "follow",
                name="nextstep_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("contacted_at", _INSTANT, nullable=True),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage NOT IN ('declined', 'withdrawn', 'not_selected', 'removed', 'closed_placed_elsewhere') OR closed_at IS NOT NULL",
            name=op.f("ck_candidacy_ended_with_its_moment"),
        ),
        sa.CheckConstraint(
            "closed_at IS NOT NULL OR next_due_on IS NOT NULL", name=op.f("ck_candidacy_open_with_a_day")
        ),
        sa.CheckConstraint(
            "closed_at IS NOT NULL OR next_step IS NOT NULL", name=op.f("ck_candidacy_open_with_a_step")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_candidacy_need_id_need"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_candidacy_owner_id_account")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_candidacy_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy")),
        sa.UniqueConstraint("public_id", name=op.f("uq_candidacy_public_id")),
    )
    op.create_index(op.f("ix_candidacy_need_id_stage"), "candidacy", ["need_id", "stage"], unique=False)
    op.create_index(
        op.f("ix_candidacy_owner_id_next_due_on"), "candidacy", ["owner_id", "next_due_on"], unique=False
    )
    op.create_index(op.f("ix_candidacy_person_id"), "candidacy", ["person_id"], unique=False)
    op.create_index(
        "uq_candidacy_open",
        "candidacy",
        ["person_id", "need_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_candidacy_taken",
        "candidacy",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL AND stage IN ('signed', 'placed')"),
        postgresql_where=sa.text("closed_at IS NULL AND stage IN ('signed', 'placed')"),
    )
    op.create_table(
        "declared_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "family",
                "interest",
                "other",
                name="tiekind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("declared_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_declared_tie_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_declared_tie_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_tie")),
        sa.UniqueConstraint("public_id", name=op.f("uq_declared_tie_public_id")),
    )
    op.create_index(op.f("ix_declared_tie_person_id"), "declared_tie", ["person_id"], unique=False)
    op.create_index(
        "uq_declared_tie_standing",
        "declared_tie",
        ["account_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("nominator_id", sa.Integer(), nullable=True),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("ground_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "agreed",
                "refused",
                "accepted",
                "rejected",
                name="nominationstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", _INSTANT, nullable=False),
        sa.Column("agreed_at", _INSTANT, nullable=True),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "(state IN ('proposed', 'agreed')) = (ended_at IS NULL)",
            name=op.f("ck_nomination_ended_with_its_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_nomination_need_id_need"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["nominator_id"], ["account.id"], name=op.f("fk_nomination_nominator_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_nomination_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nomination_public_id")),
    )
    op.create_index(op.f("ix_nomination_need_id_state"), "nomination", ["need_id", "state"], unique=False)
    op.create_index(op.f("ix_nomination_person_id"), "nomination", ["person_id"], unique=False)
    op.create_index(
        "uq_nomination_waiting",
        "nomination",
        ["person_id", "need_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'agreed')"),
        postgresql_where=sa.text("state IN ('proposed', 'agreed')"),
    )
    op.create_table(
        "candidacy_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "referral",
                "selection",
                name="decisionkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "referred",
                "not_referred",
                "selected",
                "not_selected",
                name="outcome_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("shared_with_person", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "(kind = 'referral') = (outcome IN ('referred', 'not_referred'))",
            name=op.f("ck_candidacy_decision_outcome_of_its_kind"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_candidacy_decision_by_id_account")),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["candidacy.id"],
            name=op.f("fk_candidacy_decision_candidacy_id_candidacy"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy_decision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_candidacy_decision_public_id")),
    )
    op.create_index(op.f("ix_candidacy_decision_by_id"), "candidacy_decision", ["by_id"], unique=False)
    op.create_index(
        op.f("ix_candidacy_decision_candidacy_id_id"),
        "candidacy_decision",
        ["candidacy_id", "id"],
        unique=False,
    )
    op.create_table(
        "candidacy_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "suggested",
                "invited",
                "interested",
                "shortlisted",
                "referred",
                "interviewed",
                "offered",
                "accepted",
                "signed",
                "placed",
                "declined",
                "withdrawn",
                "not_selected",
                "removed",
                "closed_placed_elsewhere",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("shared_with_person", sa.Boolean(), nullable=False),
        sa.Column("undone_at", _INSTANT, nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "undone_at IS NOT NULL OR undone_by_id IS NULL",
            name=op.f("ck_candidacy_step_undone_with_its_moment"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_candidacy_step_by_id_account")),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["candidacy.id"],
            name=op.f("fk_candidacy_step_candidacy_id_candidacy"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["account.id"], name=op.f("fk_candidacy_step_undone_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_candidacy_step_public_id")),
    )
    op.create_index(
        op.f("ix_candidacy_step_candidacy_id_id"), "candidacy_step", ["candidacy_id", "id"], unique=False
    )
    op.create_table(
        "conflict_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("allowed_by_id", sa.Integer(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.CheckConstraint("account_id <> allowed_by_id", name=op.f("ck_conflict_override_by_another")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_conflict_override_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["allowed_by_id"], ["account.id"], name=op.f("fk_conflict_override_allowed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["candidacy.id"],
            name=op.f("fk_conflict_override_candidacy_id_candidacy"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_override")),
        sa.UniqueConstraint(
            "candidacy_id", "account_id", name=op.f("uq_conflict_override_candidacy_id_account_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_conflict_override_public_id")),
    )
    op.create_table(
        "expert_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("question_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "submitted",
                "recused",
                "cancelled",
                name="opinionstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "recommendation",
            sa.Enum(
                "for",
                "conditional",
                "against",
                name="recommendation_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("opinion_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "(state = 'requested') = (answered_at IS NULL)",
            name=op.f("ck_expert_opinion_answered_with_its_moment"),
        ),
        sa.CheckConstraint(
            "state <> 'submitted' OR recommendation IS NOT NULL",
            name=op.f("ck_expert_opinion_submitted_with_advice"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_expert_opinion_asked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["candidacy.id"],
            name=op.f("fk_expert_opinion_candidacy_id_candidacy"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_expert_opinion_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_expert_opinion_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_opinion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_expert_opinion_public_id")),
    )
    op.create_index(op.f("ix_expert_opinion_candidacy_id"), "expert_opinion", ["candidacy_id"], unique=False)
    op.create_index(op.f("ix_expert_opinion_person_id"), "expert_opinion", ["person_id"], unique=False)
    op.create_index(op.f("ix_expert_opinion_need_id"), "expert_opinion", ["need_id"], unique=False)
    op.create_table(
        "interview_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_interview_note_by_id_account")),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["candidacy.id"],
            name=op.f("fk_interview_note_candidacy_id_candidacy"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interview_note_public_id")),
    )
    op.create_index(
        op.f("ix_interview_note_candidacy_id_id"), "interview_note", ["candidacy_id", "id"], unique=False
    )
    op.create_table(
        "placement_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "still",
                "left",
                "unknown",
                name="checkoutcome_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", _INSTANT, nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "left_on IS NULL OR outcome = 'left'", name=op.f("ck_placement_check_left_with_its_day")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (recorded_at IS NULL)",
            name=op.f("ck_placement_check_recorded_with_its_moment"),
        ),
        sa.CheckConstraint("months IN (12, 36, 60)", name=op.f("ck_placement_check_months_known")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_placement_check_by_id_account")),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["candidacy.id"],
            name=op.f("fk_placement_check_candidacy_id_candidacy"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_check")),
        sa.UniqueConstraint("candidacy_id", "months", name=op.f("uq_placement_check_candidacy_id_months")),
        sa.UniqueConstraint("public_id", name=op.f("uq_placement_check_public_id")),
    )
    op.create_index(op.f("ix_placement_check_due_on"), "placement_check", ["due_on"], unique=False)


def downgrade() -> None:
    op.drop_table("placement_check")
    op.drop_table("interview_note")
    op.drop_table("expert_opinion")
    op.drop_table("conflict_override")
    op.drop_table("candidacy_step")
    op.drop_table("candidacy_decision")
    op.drop_table("nomination")
    op.drop_table("declared_tie")
    op.drop_table("candidacy")
