"""Networks: associations with terms and members, ordered tasks, speaking to people from here, visits, awards."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "association",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=200), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("founded_year", sa.SmallInteger(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_association_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
        sa.UniqueConstraint("public_id", name=op.f("uq_association_public_id")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_association_organisation_id")),
    )
    op.create_table(
        "collective_award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "award",
                "initiative",
                "scientific_task",
                name="awardkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("level", sa.String(length=200), nullable=False),
        sa.Column("decision", sa.String(length=200), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_collective_award_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collective_award")),
        sa.UniqueConstraint("public_id", name=op.f("uq_collective_award_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_collective_award_submission_key")),
    )
    op.create_index(
        op.f("ix_collective_award_organisation_id_given_on"),
        "collective_award",
        ["organisation_id", "given_on"],
        unique=False,
    )
    op.create_table(
        "ordered_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "ordered",
                "assigned",
                name="taskway_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "study",
                "training_scheme",
                "other",
                name="taskkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "state",
                "ministry",
                "province",
                "agency",
                name="tasklevel_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "delivered",
                "approved",
                "refused",
                name="taskstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("document", sa.String(length=500), nullable=False),
        sa.Column("orderer_id", sa.Integer(), nullable=True),
        sa.Column("performer_id", sa.Integer(), nullable=True),
        sa.Column("performer_text", sa.String(length=200), nullable=False),
        sa.Column("budget_line", sa.String(length=500), nullable=False),
        sa.Column("budget_vnd", sa.BigInteger(), nullable=True),
        sa.Column("deliverable", sa.String(length=500), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("result", sa.String(length=500), nullable=False),
        sa.Column("refused_because", sa.String(length=500), nullable=False),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_on IS NOT NULL)",
            name=op.f("ck_ordered_task_approved_with_its_day"),
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (refused_because <> '')", name=op.f("ck_ordered_task_refused_with_reason")
        ),
        sa.CheckConstraint(
            "budget_vnd IS NULL OR budget_vnd >= 0", name=op.f("ck_ordered_task_budget_not_negative")
        ),
        sa.CheckConstraint("due_on IS NULL OR due_on >= ordered_on", name=op.f("ck_ordered_task_due_later")),
        sa.ForeignKeyConstraint(
            ["orderer_id"], ["organisation.id"], name=op.f("fk_ordered_task_orderer_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_ordered_task_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["performer_id"], ["organisation.id"], name=op.f("fk_ordered_task_performer_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_ordered_task_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordered_task")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ordered_task_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_ordered_task_submission_key")),
    )
    op.create_index(op.f("ix_ordered_task_performer_id"), "ordered_task", ["performer_id"], unique=False)
    op.create_index(op.f("ix_ordered_task_unit_path"), "ordered_task", ["unit_path"], unique=False)
    op.create_table(
        "association_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("card", sa.String(length=40), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "vice_chair",
                "secretary",
                "board",
                "member",
                name="memberrole_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_association_member_period")),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["association.id"],
            name=op.f("fk_association_member_association_id_association"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_association_member_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association_member")),
        sa.UniqueConstraint("public_id", name=op.f("uq_association_member_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_association_member_submission_key")),
    )
    op.create_index(
        op.f("ix_association_member_association_id_starts"),
        "association_member",
        ["association_id", "starts"],
        unique=False,
    )
    op.create_index(
        op.f("ix_association_member_person_id"), "association_member", ["person_id"], unique=False
    )
    op.create_table(
        "association_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_association_term_period")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_association_term_number_positive")),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["association.id"],
            name=op.f("fk_association_term_association_id_association"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association_term")),
        sa.UniqueConstraint(
            "association_id", "number", name=op.f("uq_association_term_association_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_association_term_public_id")),
    )
    op.create_table(
        "expert_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "work",
                "research",
                "transfer",
                "teaching",
                "secondment",
                name="visitkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("host_text", sa.String(length=200), nullable=False),
        sa.Column("days_a_week", sa.SmallInteger(), nullable=True),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "days_a_week IS NULL OR days_a_week BETWEEN 1 AND 7",
            name=op.f("ck_expert_visit_days_a_week_range"),
        ),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_expert_visit_period")),
        sa.ForeignKeyConstraint(
            ["host_id"], ["organisation.id"], name=op.f("fk_expert_visit_host_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_expert_visit_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_expert_visit_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_expert_visit_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_visit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_expert_visit_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_expert_visit_submission_key")),
    )
    op.create_index(op.f("ix_expert_visit_person_id"), "expert_visit", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_expert_visit_unit_path_starts"), "expert_visit", ["unit_path", "starts"], unique=False
    )
    op.create_table(
        "origin_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "intellectual",
                "scientist",
                "manager",
                "entrepreneur",
                name="originkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("noted_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_origin_note_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin_note")),
        sa.UniqueConstraint("person_id", "kind", name=op.f("uq_origin_note_person_id_kind")),
    )
    op.create_table(
        "origin_outreach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "phone",
                "letter",
                "meeting",
                "message",
                name="outreachway_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "none",
                "later",
                "agreed",
                "declined",
                name="outreachanswer_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("role", sa.String(length=500), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("noted_at", _INSTANT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_origin_outreach_by_id_account")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_origin_outreach_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin_outreach")),
        sa.UniqueConstraint("public_id", name=op.f("uq_origin_outreach_public_id")),
    )
    op.create_index(op.f("ix_origin_outreach_next_on"), "origin_outreach", ["next_on"], unique=False)
    op.create_index(
        op.f("ix_origin_outreach_person_id_on"), "origin_outreach", ["person_id", "on"], unique=False
    )


def downgrade() -> None:
    op.drop_table("origin_outreach")
    op.drop_table("origin_note")
    op.drop_table("expert_visit")
    op.drop_table("association_term")
    op.drop_table("association_member")
    op.drop_table("ordered_task")
    op.drop_table("collective_award")
    op.drop_table("association")
