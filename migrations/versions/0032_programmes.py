"""Programmes: documents, tree, facts and working group; tasks, reminders and self-reviews; recommendations, comments."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("name_en", sa.String(length=500), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "running",
                "closed",
                name="programmestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("horizons", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_programme_period")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_programme_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_programme_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_public_id")),
    )
    op.create_index(op.f("ix_programme_organisation_path"), "programme", ["organisation_path"], unique=False)
    op.create_index(op.f("ix_programme_unit_path"), "programme", ["unit_path"], unique=False)
    op.create_table(
        "programme_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "link",
            sa.Enum(
                "implements",
                "continues",
                "amends",
                "reviews",
                "rests_on",
                "consults",
                name="chainlink_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "scheme",
                "plan",
                "resolution",
                "conclusion",
                "review",
                "notice",
                "decision",
                name="documentrole_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "effective_to IS NULL OR effective_from IS NULL OR effective_to >= effective_from",
            name=op.f("ck_programme_document_period"),
        ),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> id", name=op.f("ck_programme_document_not_its_own")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["programme_document.id"],
            name=op.f("fk_programme_document_parent_id_programme_document"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_document_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_document")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_document_public_id")),
    )
    op.create_index(
        op.f("ix_programme_document_parent_id"), "programme_document", ["parent_id"], unique=False
    )
    op.create_index(
        op.f("ix_programme_document_programme_id"), "programme_document", ["programme_id"], unique=False
    )
    op.create_table(
        "programme_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "date",
                "period",
                "document",
                "ordinal",
                "duration",
                name="factkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("quote", sa.String(length=500), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "paragraph IS NULL OR paragraph >= 1", name=op.f("ck_programme_fact_paragraph_positive")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_fact_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_fact")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_fact_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_fact_public_id")),
    )
    op.create_index(op.f("ix_programme_fact_programme_id"), "programme_fact", ["programme_id"], unique=False)
    op.create_table(
        "programme_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "head",
                "deputy",
                "member",
                name="memberrole_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_programme_member_period"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_programme_member_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_member_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_member")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_member_public_id")),
    )
    op.create_index(
        op.f("ix_programme_member_programme_id"), "programme_member", ["programme_id"], unique=False
    )
    op.create_table(
        "programme_node",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "objective",
                "key_result",
                "task_group",
                "result_group",
                name="nodekind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("is_printed", sa.Boolean(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> id", name=op.f("ck_programme_node_not_its_own")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organisation.id"], name=op.f("fk_programme_node_owner_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["programme_node.id"], name=op.f("fk_programme_node_parent_id_programme_node")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_node_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_node")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("uq_programme_node_programme_id_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_node_public_id")),
    )
    op.create_index(op.f("ix_programme_node_parent_id"), "programme_node", ["parent_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("proposer", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("quote", sa.String(length=500), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "raised",
                "forwarded",
                "answered",
                "done",
                name="recommendationstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("forwarded_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= raised_on", name=op.f("ck_recommendation_answered_later")
        ),
        sa.CheckConstraint(
            "done_on IS NULL OR done_on >= raised_on", name=op.f("ck_recommendation_done_later")
        ),
        sa.CheckConstraint(
            "forwarded_on IS NULL OR forwarded_on >= raised_on",
            name=op.f("ck_recommendation_forwarded_later"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_recommendation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_recommendation_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_recommendation_public_id")),
    )
    op.create_index(
        op.f("ix_recommendation_organisation_id"), "recommendation", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_recommendation_programme_id"), "recommendation", ["programme_id"], unique=False)
    op.create_table(
        "programme_consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("letter", sa.String(length=80), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= asked_on",
            name=op.f("ck_programme_consultation_answered_later"),
        ),
        sa.CheckConstraint("due_on >= asked_on", name=op.f("ck_programme_consultation_due_later")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_programme_consultation_asked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["programme_document.id"],
            name=op.f("fk_programme_consultation_document_id_programme_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_consultation")),
        sa.UniqueConstraint(
            "document_id", "agency", name=op.f("uq_programme_consultation_document_id_agency")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_consultation_public_id")),
    )
    op.create_table(
        "programme_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("quote", sa.String(length=500), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("head_name", sa.String(length=200), nullable=False),
        sa.Column("head_office", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "assigned",
                "in_progress",
                "reviewed",
                "done",
                name="taskstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_programme_task_done_with_day")
        ),
        sa.CheckConstraint(
            "due_on IS NULL OR due_on >= assigned_on", name=op.f("ck_programme_task_due_later")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["programme_document.id"],
            name=op.f("fk_programme_task_document_id_programme_document"),
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["programme_node.id"], name=op.f("fk_programme_task_node_id_programme_node")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_task_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_task")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("uq_programme_task_programme_id_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_task_public_id")),
    )
    op.create_index(op.f("ix_programme_task_due_on"), "programme_task", ["due_on"], unique=False)
    op.create_index(op.f("ix_programme_task_node_id"), "programme_task", ["node_id"], unique=False)
    op.create_table(
        "review_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint("due_on >= asked_on", name=op.f("ck_review_round_due_later")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["programme_document.id"],
            name=op.f("fk_review_round_document_id_programme_document"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_review_round_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_review_round_public_id")),
    )
    op.create_index(op.f("ix_review_round_programme_id"), "review_round", ["programme_id"], unique=False)
    op.create_table(
        "programme_comment",
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
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", _INSTANT, nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (settled_at IS NULL)", name=op.f("ck_programme_comment_settled_with_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["programme_consultation.id"],
            name=op.f("fk_programme_comment_consultation_id_programme_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_programme_comment_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["account.id"], name=op.f("fk_programme_comment_settled_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_comment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_comment_public_id")),
    )
    op.create_index(
        op.f("ix_programme_comment_consultation_id"), "programme_comment", ["consultation_id"], unique=False
    )
    op.create_table(
        "self_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("head_name", sa.String(length=200), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "full",
                "partly",
                "not_yet",
                name="reviewverdict_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("obstacles", sa.Text(), nullable=False),
        sa.Column("proposals", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "(sent_at IS NULL) = (verdict IS NULL)", name=op.f("ck_self_review_sent_with_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_self_review_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["review_round.id"],
            name=op.f("fk_self_review_round_id_review_round"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["account.id"], name=op.f("fk_self_review_sent_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_review")),
        sa.UniqueConstraint("public_id", name=op.f("uq_self_review_public_id")),
        sa.UniqueConstraint(
            "round_id", "organisation_id", name=op.f("uq_self_review_round_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_self_review_organisation_id"), "self_review", ["organisation_id"], unique=False)
    op.create_table(
        "task_agency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "lead",
                "co_operate",
                "informed",
                name="agencypart_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_task_agency_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["programme_task.id"],
            name=op.f("fk_task_agency_task_id_programme_task"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_agency")),
        sa.UniqueConstraint(
            "task_id", "organisation_id", name=op.f("uq_task_agency_task_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_task_agency_organisation_id"), "task_agency", ["organisation_id"], unique=False)
    op.create_index(
        "uq_task_agency_lead",
        "task_agency",
        ["task_id"],
        unique=True,
        sqlite_where=sa.text("part = 'lead'"),
        postgresql_where=sa.text("part = 'lead'"),
    )
    op.create_table(
        "task_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["programme_task.id"],
            name=op.f("fk_task_reminder_task_id_programme_task"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_reminder")),
        sa.UniqueConstraint(
            "task_id", "due_on", "is_overdue", name=op.f("uq_task_reminder_task_id_due_on_is_overdue")
        ),
    )
    op.create_table(
        "task_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "assigned",
                "in_progress",
                "reviewed",
                "done",
                name="taskstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_task_step_by_id_account")),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["programme_task.id"],
            name=op.f("fk_task_step_task_id_programme_task"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_step")),
    )
    op.create_index(op.f("ix_task_step_task_id"), "task_step", ["task_id"], unique=False)


def downgrade() -> None:
    op.drop_table("task_step")
    op.drop_table("task_reminder")
    op.drop_table("task_agency")
    op.drop_table("self_review")
    op.drop_table("programme_comment")
    op.drop_table("review_round")
    op.drop_table("programme_task")
    op.drop_table("programme_consultation")
    op.drop_table("recommendation")
    op.drop_table("programme_node")
    op.drop_table("programme_member")
    op.drop_table("programme_fact")
    op.drop_table("programme_document")
    op.drop_table("programme")
