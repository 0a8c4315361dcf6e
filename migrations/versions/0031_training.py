"""Training: programmes, courses, sessions, participations with what results gave, orders and quotas."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_IN_REGISTRY = sa.text("person_id IS NOT NULL")
_KNOWN = "ck_import_batch_importkind_known"
_BEFORE = ("people", "needs", "posts")
_METHODS = "ck_evidence_verificationmethod_known"
_METHODS_BEFORE = ("original_seen", "certified_copy", "issuer_asked", "public_register")


def _know(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("import_batch") as batch:
        batch.drop_constraint(op.f(_KNOWN), type_="check")
        batch.create_check_constraint(op.f(_KNOWN), sa.column("kind").in_(kinds))


def _check_by(methods: tuple[str, ...]) -> None:
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f(_METHODS), type_="check")
        batch.create_check_constraint(op.f(_METHODS), sa.column("method").in_(methods))


def upgrade() -> None:
    _check_by((*_METHODS_BEFORE, "course_result"))
    _know((*_BEFORE, "training"))
    op.create_table(
        "training_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=500), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "period_end IS NULL OR period_start IS NULL OR period_end >= period_start",
            name=op.f("ck_training_programme_period"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_training_programme_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_training_programme_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_training_programme_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_programme_public_id")),
    )
    op.create_index(op.f("ix_training_programme_unit_path"), "training_programme", ["unit_path"])
    op.create_table(
        "training_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("levels", sa.String(length=200), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "agriculture",
                "non_agriculture",
                name="field_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "people",
                "attendances",
                name="measure_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document", sa.String(length=500), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount >= 1", name=op.f("ck_training_quota_amount_positive")),
        sa.CheckConstraint("period_end >= period_start", name=op.f("ck_training_quota_period")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_training_quota_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_training_quota_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_quota")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_quota_public_id")),
    )
    op.create_index(op.f("ix_training_quota_period_start"), "training_quota", ["period_start"])
    op.create_index(op.f("ix_training_quota_unit_path"), "training_quota", ["unit_path"])
    op.create_table(
        "training_course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_folded", _KEY, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "education",
                "in_service",
                name="coursekind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "leader",
                "manager",
                "specialist",
                name="tier_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "field",
            sa.Enum(
                "agriculture",
                "non_agriculture",
                name="field_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("quota_level", sa.String(length=40), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("curriculum", sa.Text(), nullable=False),
        sa.Column("certificate", sa.String(length=200), nullable=False),
        sa.Column("political_theory_rank", sa.SmallInteger(), nullable=True),
        sa.Column("state_management_rank", sa.SmallInteger(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours IS NULL OR hours >= 1", name=op.f("ck_training_course_hours_positive")),
        sa.CheckConstraint(
            "political_theory_rank IS NULL OR political_theory_rank BETWEEN 1 AND 4",
            name=op.f("ck_training_course_political_theory_range"),
        ),
        sa.CheckConstraint(
            "state_management_rank IS NULL OR state_management_rank BETWEEN 1 AND 3",
            name=op.f("ck_training_course_state_management_range"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_training_course_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["training_programme.id"],
            name=op.f("fk_training_course_programme_id_training_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_training_course_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_course")),
        sa.UniqueConstraint("code", name=op.f("uq_training_course_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_course_public_id")),
    )
    op.create_index(op.f("ix_training_course_category"), "training_course", ["category"])
    op.create_index(op.f("ix_training_course_programme_id"), "training_course", ["programme_id"])
    op.create_index(op.f("ix_training_course_unit_path"), "training_course", ["unit_path"])
    op.create_table(
        "training_course_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint(
            "level IS NULL OR level BETWEEN 1 AND 6", name=op.f("ck_training_course_skill_level_range")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["training_course.id"],
            name=op.f("fk_training_course_skill_course_id_training_course"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_training_course_skill_skill_id_skill")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_course_skill")),
        sa.UniqueConstraint(
            "course_id", "skill_id", name=op.f("uq_training_course_skill_course_id_skill_id")
        ),
    )
    op.create_index(op.f("ix_training_course_skill_skill_id"), "training_course_skill", ["skill_id"])
    op.create_table(
        "training_requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("office_folded", _KEY, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=500), nullable=False),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["training_course.id"],
            name=op.f("fk_training_requirement_course_id_training_course"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_requirement")),
        sa.UniqueConstraint(
            "course_id",
            "office_folded",
            "unit_path",
            "organisation_path",
            name=op.f("uq_training_requirement_course_id_office_folded_unit_path_organisation_path"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_requirement_public_id")),
    )
    op.create_index(op.f("ix_training_requirement_unit_path"), "training_requirement", ["unit_path"])
    op.create_table(
        "training_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "open",
                "running",
                "finished",
                "cancelled",
                name="sessionstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("planned_start", sa.Date(), nullable=True),
        sa.Column("planned_end", sa.Date(), nullable=True),
        sa.Column("actual_start", sa.Date(), nullable=True),
        sa.Column("actual_end", sa.Date(), nullable=True),
        sa.Column(
            "mode",
            sa.Enum(
                "in_person",
                "online",
                "mixed",
                name="mode_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("owner_name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'finished' OR actual_end IS NOT NULL",
            name=op.f("ck_training_session_finished_with_its_day"),
        ),
        sa.CheckConstraint(
            "actual_end IS NULL OR (actual_start IS NOT NULL AND actual_end >= actual_start)",
            name=op.f("ck_training_session_actual_in_order"),
        ),
        sa.CheckConstraint(
            "planned_end IS NULL OR planned_start IS NULL OR planned_end >= planned_start",
            name=op.f("ck_training_session_planned_in_order"),
        ),
        sa.CheckConstraint("seats IS NULL OR seats >= 1", name=op.f("ck_training_session_seats_positive")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["training_course.id"], name=op.f("fk_training_session_course_id_training_course")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_training_session_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_training_session_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
        sa.UniqueConstraint("code", name=op.f("uq_training_session_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_session_public_id")),
    )
    op.create_index(op.f("ix_training_session_course_id"), "training_session", ["course_id"])
    op.create_index(op.f("ix_training_session_organisation_path"), "training_session", ["organisation_path"])
    op.create_index(
        op.f("ix_training_session_state_planned_start"), "training_session", ["state", "planned_start"]
    )
    op.create_index(op.f("ix_training_session_unit_path"), "training_session", ["unit_path"])
    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("participant", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "attending",
                "absent",
                "completed",
                name="participationstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum(
                "passed",
                "failed",
                "repeat",
                "revoked",
                name="result_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("grade_tenths", sa.SmallInteger(), nullable=True),
        sa.Column("certificate_number", sa.String(length=80), nullable=False),
        sa.Column("certificate_on", sa.Date(), nullable=True),
        sa.Column("committed_until", sa.Date(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "female",
                "male",
                "other",
                name="sex_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_rural", sa.Boolean(), nullable=True),
        sa.Column("is_minority", sa.Boolean(), nullable=True),
        sa.Column("is_vulnerable", sa.Boolean(), nullable=True),
        sa.Column("is_teacher", sa.Boolean(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "result IS NULL OR result = 'revoked' OR state = 'completed'",
            name=op.f("ck_participation_result_of_completed"),
        ),
        sa.CheckConstraint(
            "grade_tenths IS NULL OR grade_tenths BETWEEN 0 AND 100",
            name=op.f("ck_participation_grade_range"),
        ),
        sa.CheckConstraint("hours IS NULL OR hours >= 0", name=op.f("ck_participation_hours_not_negative")),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR participant < 0", name=op.f("ck_participation_stranger_negative")
        ),
        sa.CheckConstraint(
            "person_id IS NULL OR participant = person_id",
            name=op.f("ck_participation_person_is_participant"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_participation_person_id_person")),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["organisation.id"], name=op.f("fk_participation_sent_by_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_participation_session_id_training_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_participation_public_id")),
        sa.UniqueConstraint(
            "session_id", "participant", name=op.f("uq_participation_session_id_participant")
        ),
    )
    op.create_index(
        "ix_participation_counted", "participation", ["category", "happened_on", "participant", "unit_path"]
    )
    op.create_index(op.f("ix_participation_participant"), "participation", ["participant"])
    op.create_index(
        "uq_participation_person",
        "participation",
        ["person_id", "session_id"],
        unique=True,
        sqlite_where=_IN_REGISTRY,
        postgresql_where=_IN_REGISTRY,
    )
    op.create_table(
        "session_lecturer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) = (name <> '')", name=op.f("ck_session_lecturer_person_or_name")
        ),
        sa.CheckConstraint("hours IS NULL OR hours >= 1", name=op.f("ck_session_lecturer_hours_positive")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_lecturer_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_session.id"],
            name=op.f("fk_session_lecturer_session_id_training_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_lecturer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_session_lecturer_public_id")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_session_lecturer_session_id_person_id")),
    )
    op.create_index(op.f("ix_session_lecturer_person_id"), "session_lecturer", ["person_id"])
    op.create_table(
        "session_partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "partner",
                "sponsor",
                "provider",
                name="partnerrole_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(session_id IS NULL) <> (programme_id IS NULL)",
            name=op.f("ck_session_partner_session_or_programme"),
        ),
        sa.CheckConstraint(
            "period_end IS NULL OR period_start IS NULL OR period_end >= period_start",
            name=op.f("ck_session_partner_period"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_session_partner_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["training_programme.id"],
            name=op.f("fk_session_partner_programme_id_training_programme"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_session.id"],
            name=op.f("fk_session_partner_session_id_training_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_partner")),
        sa.UniqueConstraint(
            "programme_id",
            "organisation_id",
            "role",
            name=op.f("uq_session_partner_programme_id_organisation_id_role"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_session_partner_public_id")),
        sa.UniqueConstraint(
            "session_id",
            "organisation_id",
            "role",
            name=op.f("uq_session_partner_session_id_organisation_id_role"),
        ),
    )
    op.create_index(op.f("ix_session_partner_organisation_id"), "session_partner", ["organisation_id"])
    op.create_table(
        "training_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "delivered",
                "closed",
                name="orderstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("occupation_code", sa.String(length=10), nullable=False),
        sa.Column("occupation", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ordering_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("result_number", sa.Integer(), nullable=True),
        sa.Column("result_note", sa.String(length=500), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("shortage_code", sa.String(length=100), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'closed' OR result_number IS NOT NULL",
            name=op.f("ck_training_order_closed_with_result"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_training_order_number_positive")),
        sa.CheckConstraint(
            "ordered_on IS NULL OR deadline IS NULL OR deadline >= ordered_on",
            name=op.f("ck_training_order_in_order"),
        ),
        sa.CheckConstraint(
            "result_number IS NULL OR result_number >= 0", name=op.f("ck_training_order_result_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["ordering_id"], ["organisation.id"], name=op.f("fk_training_order_ordering_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_training_order_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_session.id"],
            name=op.f("fk_training_order_session_id_training_session"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_training_order_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_order")),
        sa.UniqueConstraint("code", name=op.f("uq_training_order_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_order_public_id")),
    )
    op.create_index(op.f("ix_training_order_organisation_path"), "training_order", ["organisation_path"])
    op.create_index(op.f("ix_training_order_session_id"), "training_order", ["session_id"])
    op.create_index(op.f("ix_training_order_shortage_code"), "training_order", ["shortage_code"])
    op.create_index(op.f("ix_training_order_unit_path"), "training_order", ["unit_path"])
    op.create_table(
        "training_seat_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats >= 1", name=op.f("ck_training_seat_plan_seats_positive")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_training_seat_plan_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_session.id"],
            name=op.f("fk_training_seat_plan_session_id_training_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_seat_plan")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_seat_plan_public_id")),
        sa.UniqueConstraint(
            "session_id", "organisation_id", name=op.f("uq_training_seat_plan_session_id_organisation_id")
        ),
    )
    op.create_table(
        "participation_credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "skill",
                "political_theory",
                "state_management",
                name="creditkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("skill_claim_id", sa.Integer(), nullable=True),
        sa.Column("cadre_facet_id", sa.Integer(), nullable=True),
        sa.Column("earlier_claim_id", sa.Integer(), nullable=True),
        sa.Column("was_made", sa.Boolean(), nullable=False),
        sa.Column("earlier_rank", sa.SmallInteger(), nullable=True),
        sa.Column("rank", sa.SmallInteger(), nullable=True),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("withdrawn_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["cadre_facet_id"],
            ["cadre_facet.id"],
            name=op.f("fk_participation_credit_cadre_facet_id_cadre_facet"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_participation_credit_evidence_id_evidence"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_participation_credit_participation_id_participation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["skill_claim_id"],
            ["skill_claim.id"],
            name=op.f("fk_participation_credit_skill_claim_id_skill_claim"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["earlier_claim_id"],
            ["skill_claim.id"],
            name=op.f("fk_participation_credit_earlier_claim_id_skill_claim"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation_credit")),
    )
    op.create_index(
        op.f("ix_participation_credit_cadre_facet_id"), "participation_credit", ["cadre_facet_id"]
    )
    op.create_index(
        op.f("ix_participation_credit_earlier_claim_id"), "participation_credit", ["earlier_claim_id"]
    )
    op.create_index(op.f("ix_participation_credit_evidence_id"), "participation_credit", ["evidence_id"])
    op.create_index(
        op.f("ix_participation_credit_participation_id"), "participation_credit", ["participation_id"]
    )
    op.create_index(
        op.f("ix_participation_credit_skill_claim_id"), "participation_credit", ["skill_claim_id"]
    )


def downgrade() -> None:
    of_batches = "batch_id IN (SELECT id FROM import_batch WHERE kind = 'training')"
    for table in ("import_issue", "import_row", "import_file"):
        op.execute(f"DELETE FROM {table} WHERE {of_batches}")  # noqa: S608 - our own names
    op.execute("DELETE FROM import_batch WHERE kind = 'training'")
    _know(_BEFORE)
    op.execute("UPDATE evidence SET method = 'public_register' WHERE method = 'course_result'")
    _check_by(_METHODS_BEFORE)
    op.drop_table("participation_credit")
    op.drop_table("training_seat_plan")
    op.drop_table("training_order")
    op.drop_table("session_partner")
    op.drop_table("session_lecturer")
    op.drop_table("participation")
    op.drop_table("training_session")
    op.drop_table("training_requirement")
    op.drop_table("training_course_skill")
    op.drop_table("training_course")
    op.drop_table("training_quota")
    op.drop_table("training_programme")
