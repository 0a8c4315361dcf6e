"""First tables of all furnished rooms."""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_folded", sa.String(length=254), nullable=False),
        sa.Column("display_name", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "suspended",
                "closed",
                name="accountstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=300), nullable=True),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_is_temporary", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_folded", name=op.f("uq_account_email_folded")),
        sa.UniqueConstraint("public_id", name=op.f("uq_account_public_id")),
    )
    op.create_table(
        "administrative_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "country",
                "province",
                "city",
                "rural_district",
                "urban_district",
                "town",
                "commune",
                "ward",
                "township",
                "special_zone",
                name="unitkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "country",
                "province",
                "district",
                "commune",
                name="unitlevel_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["administrative_unit.id"],
            name=op.f("fk_administrative_unit_parent_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administrative_unit")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_administrative_unit_code_valid_from")),
        sa.UniqueConstraint("path", name=op.f("uq_administrative_unit_path")),
    )
    with op.batch_alter_table("administrative_unit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_administrative_unit_level_folded"), ["level", "folded"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_administrative_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "audit_stream",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_stream")),
        sa.UniqueConstraint("name", name=op.f("uq_audit_stream_name")),
    )
    op.create_table(
        "installation_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation_fact")),
        sa.UniqueConstraint("name", name=op.f("uq_installation_fact_name")),
    )
    op.create_table(
        "need_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_number")),
        sa.UniqueConstraint("year", name=op.f("uq_need_number_year")),
    )
    op.create_table(
        "person_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_key")),
        sa.UniqueConstraint("person", name=op.f("uq_person_key_person")),
    )
    op.create_table(
        "place_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_edition")),
        sa.UniqueConstraint("public_id", name=op.f("uq_place_edition_public_id")),
    )
    op.create_table(
        "purpose",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "code",
            sa.Enum(
                "registry",
                "matching",
                "contact",
                "policy_check",
                "campaigns",
                "other_provinces",
                "statistics",
                name="purposecode_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("counts_from_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("counts_from_version >= 1", name=op.f("ck_purpose_counts_from_first")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purpose")),
        sa.UniqueConstraint("code", name=op.f("uq_purpose_code")),
    )
    op.create_table(
        "sign_in_throttle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("counted_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_throttle")),
        sa.UniqueConstraint("subject", name=op.f("uq_sign_in_throttle_subject")),
    )
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("vi", sa.String(length=200), nullable=False),
        sa.Column("en", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("sort", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "family",
            sa.Enum(
                "profession",
                "trade",
                "tool",
                "language",
                "state_management",
                "political_theory",
                "soft_skill",
                name="skillfamily_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "sector",
            sa.Enum(
                "it",
                "health",
                "agriculture",
                "aquaculture",
                "tourism",
                "law",
                "public_admin",
                "engineering",
                "education",
                "environment",
                "finance",
                "language",
                "construction",
                "logistics",
                "energy",
                "culture",
                "science",
                "social",
                "soft_skill",
                name="sector_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "scale",
            sa.Enum(
                "general",
                "language",
                "trade",
                name="levelscale_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "retired",
                "merged",
                name="skillstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_skill_merged_says_into_what")
        ),
        sa.ForeignKeyConstraint(["merged_into_id"], ["skill.id"], name=op.f("fk_skill_merged_into_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("code", name=op.f("uq_skill_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_skill_public_id")),
    )
    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skill_family"), ["family"], unique=False)
        batch_op.create_index(batch_op.f("ix_skill_folded"), ["folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_skill_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_skill_sector"), ["sector"], unique=False)

    op.create_table(
        "vocabulary_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("files_sha256", sa.String(length=64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vocabulary_state")),
    )
    op.create_table(
        "account_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "candidate",
                "officer",
                "campaign_admin",
                "system_admin",
                "auditor",
                name="role_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=500), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_account_role_period")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_role_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["account.id"], name=op.f("fk_account_role_granted_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_role")),
        sa.UniqueConstraint("public_id", name=op.f("uq_account_role_public_id")),
    )
    with op.batch_alter_table("account_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_role_account_id"), ["account_id"], unique=False)

    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("public_id", name=op.f("uq_account_session_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_session_token_hash")),
    )
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_audit_event_position_positive")),
        sa.ForeignKeyConstraint(
            ["stream_id"], ["audit_stream.id"], name=op.f("fk_audit_event_stream_id_audit_stream")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("stream_id", "position", name=op.f("uq_audit_event_stream_id_position")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_action_id"), ["action", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_at_id"), ["at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_by_id_id"), ["by_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_subject_id_id"), ["subject_id", "id"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "done",
                "failed",
                "cancelled",
                name="jobstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("steps_total", sa.Integer(), nullable=True),
        sa.Column("cancel_requested", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'running' OR claim_token IS NOT NULL", name=op.f("ck_job_running_is_claimed")
        ),
        sa.CheckConstraint("steps_done >= 0", name=op.f("ck_job_steps_done_not_negative")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_job_created_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("public_id", name=op.f("uq_job_public_id")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_created_by"), ["created_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_state_due_at"), ["state", "due_at"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("purpose_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_notice_version_from_first")),
        sa.ForeignKeyConstraint(["purpose_id"], ["purpose.id"], name=op.f("fk_notice_purpose_id_purpose")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notice_public_id")),
        sa.UniqueConstraint(
            "purpose_id", "version", "language", name=op.f("uq_notice_purpose_id_version_language")
        ),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=400), nullable=False),
        sa.Column("folded", sa.String(length=400), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "committee",
                "department",
                "division",
                "party_body",
                "public_service_unit",
                "university",
                "research_institute",
                "enterprise",
                "association",
                "foreign_institute",
                "other",
                name="organisationkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_organisation_period"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["organisation.id"], name=op.f("fk_organisation_successor_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_organisation_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_public_id")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_folded"), ["folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_path"), ["path"], unique=False)
        batch_op.create_index(
            "uq_organisation_root_name",
            ["name_key"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND parent_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND parent_id IS NULL"),
        )
        batch_op.create_index(
            "uq_organisation_sibling_name",
            ["parent_id", "name_key"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND parent_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND parent_id IS NOT NULL"),
        )

    op.create_table(
        "pending_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "labelled",
                "ignored",
                name="pendingstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'labelled') = (skill_id IS NOT NULL)",
            name=op.f("ck_pending_term_labelled_says_as_what"),
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_pending_term_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_term")),
        sa.UniqueConstraint("folded", name=op.f("uq_pending_term_folded")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pending_term_public_id")),
    )
    with op.batch_alter_table("pending_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_term_skill_id"), ["skill_id"], unique=False)

    op.create_table(
        "skill_label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("accented", sa.String(length=200), nullable=False),
        sa.Column(
            "language",
            sa.Enum(
                "vi", "en", name="labellanguage_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "preferred",
                "alias",
                "abbreviation",
                name="labelkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "catalogue",
                "editorial",
                "officer",
                name="labelorigin_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_ambiguous", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("context_sectors", sa.String(length=200), server_default="", nullable=False),
        sa.Column("context_words", sa.String(length=500), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_skill_label_skill_id_skill"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_label")),
        sa.UniqueConstraint("skill_id", "folded", name="uq_skill_label_skill_id_folded"),
    )
    with op.batch_alter_table("skill_label", schema=None) as batch_op:
        batch_op.create_index(
            "uq_skill_label_folded",
            ["folded"],
            unique=True,
            sqlite_where=sa.text("NOT is_ambiguous"),
            postgresql_where=sa.text("NOT is_ambiguous"),
        )

    op.create_table(
        "skill_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "broader",
                "related",
                name="relationkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("skill_id <> other_id", name=op.f("ck_skill_relation_not_to_itself")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["skill.id"], name=op.f("fk_skill_relation_other_id_skill"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_skill_relation_skill_id_skill"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_relation")),
        sa.UniqueConstraint("skill_id", "other_id", name="uq_skill_relation_skill_id_other_id"),
    )
    with op.batch_alter_table("skill_relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skill_relation_other_id"), ["other_id"], unique=False)

    op.create_table(
        "succession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("old_id", sa.Integer(), nullable=False),
        sa.Column("new_id", sa.Integer(), nullable=False),
        sa.Column("share_bp", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["new_id"], ["administrative_unit.id"], name=op.f("fk_succession_new_id_administrative_unit")
        ),
        sa.ForeignKeyConstraint(
            ["old_id"], ["administrative_unit.id"], name=op.f("fk_succession_old_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
        sa.UniqueConstraint("old_id", "new_id", name=op.f("uq_succession_old_id_new_id")),
    )
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_succession_new_id"), ["new_id"], unique=False)

    op.create_table(
        "unit_kind_seen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "country",
                "province",
                "city",
                "rural_district",
                "urban_district",
                "town",
                "commune",
                "ward",
                "township",
                "special_zone",
                name="unitkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_unit_kind_seen_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_kind_seen")),
        sa.UniqueConstraint("unit_id", "seen_on", name=op.f("uq_unit_kind_seen_unit_id_seen_on")),
    )
    op.create_table(
        "audit_event_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_event.id"], name=op.f("fk_audit_event_person_event_id_audit_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event_person")),
        sa.UniqueConstraint("event_id", "person", name=op.f("uq_audit_event_person_event_id_person")),
    )
    with op.batch_alter_table("audit_event_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_event_person_person_event_id"), ["person", "event_id"], unique=False
        )

    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "people",
                "needs",
                "posts",
                name="importkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "uploaded",
                "checking",
                "checked",
                "committing",
                "committed",
                "undoing",
                "undone",
                "discarded",
                name="batchstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mode",
            sa.Enum(
                "all",
                "valid_only",
                name="commitmode_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=False),
        sa.Column("headers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "basis",
            sa.Enum(
                "consent",
                "law",
                name="legalbasis_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rows >= 0 AND valid >= 0 AND warnings >= 0 AND errors >= 0",
            name=op.f("ck_import_batch_counts_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_import_batch_created_by_account")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_import_batch_job_id_job")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_import_batch_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_import_batch_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_batch_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_import_batch_submission_key")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_batch_organisation_path"), ["organisation_path"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_import_batch_unit_path"), ["unit_path"], unique=False)

    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_folded", sa.Text(), nullable=False),
        sa.Column("title_sort", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "position",
                "short_task",
                "panel",
                "secondment",
                "training_place",
                name="needkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "open",
                "on_hold",
                "filled",
                "cancelled",
                "rejected",
                name="needstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("estimated_days", sa.Integer(), nullable=True),
        sa.Column("deliverable", sa.String(length=500), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.String(length=500), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("experience_years", sa.Integer(), nullable=True),
        sa.Column("experience_field", sa.String(length=10), nullable=True),
        sa.Column("qualification_rank", sa.Integer(), nullable=True),
        sa.Column("qualification_fields", sa.JSON(), nullable=False),
        sa.Column("share_skills", sa.Integer(), nullable=False),
        sa.Column("share_experience", sa.Integer(), nullable=False),
        sa.Column("share_qualification", sa.Integer(), nullable=False),
        sa.Column("share_availability", sa.Integer(), nullable=False),
        sa.Column("share_place", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "estimated_days IS NULL OR estimated_days >= 1", name=op.f("ck_need_estimated_days_positive")
        ),
        sa.CheckConstraint(
            "experience_years IS NULL OR experience_years BETWEEN 1 AND 15",
            name=op.f("ck_need_experience_years_range"),
        ),
        sa.CheckConstraint("headcount >= 1", name=op.f("ck_need_headcount_positive")),
        sa.CheckConstraint(
            "qualification_rank IS NULL OR qualification_rank BETWEEN 1 AND 6",
            name=op.f("ck_need_qualification_rank_range"),
        ),
        sa.CheckConstraint(
            "share_skills + share_experience + share_qualification + share_availability + share_place = 100",
            name=op.f("ck_need_shares_sum_to_100"),
        ),
        sa.CheckConstraint(
            "share_skills >= 0 AND share_experience >= 0 AND share_qualification >= 0 AND share_availability >= 0 AND share_place >= 0",
            name=op.f("ck_need_shares_not_negative"),
        ),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_need_created_by_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_need_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_need_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("code", name=op.f("uq_need_code")),
        sa.UniqueConstraint("external_id", name=op.f("uq_need_external_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_need_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_need_submission_key")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index("ix_need_organisation_path", ["organisation_path"], unique=False)
        batch_op.create_index("ix_need_state", ["state"], unique=False)
        batch_op.create_index("ix_need_unit_path", ["unit_path"], unique=False)

    op.create_table(
        "organisation_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=400), nullable=False),
        sa.Column("folded", sa.String(length=400), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_name_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
        sa.UniqueConstraint(
            "organisation_id",
            "name_key",
            "valid_to",
            name=op.f("uq_organisation_name_organisation_id_name_key_valid_to"),
        ),
    )
    with op.batch_alter_table("organisation_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_name_folded"), ["folded"], unique=False)

    op.create_table(
        "pending_sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pending_term_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pending_term_id"],
            ["pending_term.id"],
            name=op.f("fk_pending_sighting_pending_term_id_pending_term"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_sighting")),
        sa.UniqueConstraint("pending_term_id", "place", name="uq_pending_sighting_pending_term_id_place"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "pending",
                "incomplete",
                "active",
                "unreachable",
                "withdrawn",
                "merged",
                "erased",
                name="personstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "legal_basis",
            sa.Enum(
                "consent",
                "law",
                name="legalbasis_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "author",
            sa.Enum(
                "officer",
                "self",
                name="authorkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column(
            "folded_name", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "name_sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column(
            "birth_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                name="dateprecision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
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
        sa.Column("origin_unit_id", sa.Integer(), nullable=True),
        sa.Column("origin_text", sa.String(length=200), nullable=False),
        sa.Column("birthplace_unit_id", sa.Integer(), nullable=True),
        sa.Column("birthplace_text", sa.String(length=200), nullable=False),
        sa.Column("residence_unit_id", sa.Integer(), nullable=True),
        sa.Column("residence_unit_path", sa.String(length=200), nullable=False),
        sa.Column("residence_country", sa.String(length=2), nullable=True),
        sa.Column("residence_text", sa.String(length=200), nullable=False),
        sa.Column("stated_years", sa.SmallInteger(), nullable=True),
        sa.Column("headline", sa.String(length=200), nullable=False),
        sa.Column(
            "folded_headline", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_person_merged_into_somebody")
        ),
        sa.CheckConstraint(
            "(birth_on IS NULL) = (birth_precision IS NULL)", name=op.f("ck_person_birth_with_precision")
        ),
        sa.CheckConstraint(
            "stated_years IS NULL OR stated_years BETWEEN 0 AND 60", name=op.f("ck_person_stated_years_range")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_person_account_id_account")),
        sa.ForeignKeyConstraint(
            ["birthplace_unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_person_birthplace_unit_id_administrative_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["account.id"], name=op.f("fk_person_edited_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["origin_unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_person_origin_unit_id_administrative_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["residence_unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_person_residence_unit_id_administrative_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_person_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("account_id", name=op.f("uq_person_account_id")),
        sa.UniqueConstraint("code", name=op.f("uq_person_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_person_submission_key")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_external_id"), ["external_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_folded_name_birth_on"), ["folded_name", "birth_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_name_sort_key_id"), ["name_sort_key", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_organisation_path"), ["organisation_path"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_residence_unit_path"), ["residence_unit_path"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_unit_path_state"), ["unit_path", "state"], unique=False)

    op.create_table(
        "accepted_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "unit",
                "anywhere",
                "remote",
                name="placekind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'unit') = (unit_path <> '')", name=op.f("ck_accepted_place_unit_with_path")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_accepted_place_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_accepted_place_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_place")),
        sa.UniqueConstraint(
            "person_id", "kind", "unit_path", name=op.f("uq_accepted_place_person_id_kind_unit_path")
        ),
    )
    op.create_table(
        "achievement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "award",
                "initiative",
                "patent",
                "publication",
                "scientific_task",
                name="achievementkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("level", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("decision_number", sa.String(length=200), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column(
            "on_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                name="dateprecision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "evidence_state",
            sa.Enum(
                "self_declared",
                "attached",
                "verified",
                "rejected",
                "expired",
                name="evidencestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_achievement_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_achievement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_achievement_public_id")),
    )
    with op.batch_alter_table("achievement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_achievement_person_id"), ["person_id"], unique=False)

    op.create_table(
        "affinity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "origin",
                "studied",
                "family",
                "worked",
                "member",
                name="affinitykind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_text", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column(
            "from_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                name="from_precision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column(
            "to_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                name="to_precision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_affinity_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_affinity_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affinity")),
        sa.UniqueConstraint("public_id", name=op.f("uq_affinity_public_id")),
    )
    with op.batch_alter_table("affinity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_affinity_person_id"), ["person_id"], unique=False)

    op.create_table(
        "availability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "available",
                "paused",
                "not_available",
                name="availabilitystate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "paused_until IS NULL OR state = 'paused'", name=op.f("ck_availability_only_pauses_end")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_availability_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_availability_recorded_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
        sa.UniqueConstraint("public_id", name=op.f("uq_availability_public_id")),
    )
    with op.batch_alter_table("availability", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_availability_person_id_stated_on"), ["person_id", "stated_on"], unique=False
        )
        batch_op.create_index(
            "uq_availability_current",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "cadre_facet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "cadre",
                "civil_servant",
                "public_employee",
                name="cadrekind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_text", sa.String(length=200), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("rank_code", sa.String(length=20), nullable=False),
        sa.Column("rank_name", sa.String(length=200), nullable=False),
        sa.Column("step", sa.SmallInteger(), nullable=True),
        sa.Column("coefficient_hundredths", sa.Integer(), nullable=True),
        sa.Column("political_theory_rank", sa.SmallInteger(), nullable=True),
        sa.Column("state_management_rank", sa.SmallInteger(), nullable=True),
        sa.Column("recruited_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "political_theory_rank IS NULL OR political_theory_rank BETWEEN 1 AND 4",
            name=op.f("ck_cadre_facet_political_theory_range"),
        ),
        sa.CheckConstraint(
            "state_management_rank IS NULL OR state_management_rank BETWEEN 1 AND 3",
            name=op.f("ck_cadre_facet_state_management_range"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_cadre_facet_period"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_cadre_facet_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cadre_facet_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadre_facet")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cadre_facet_public_id")),
    )
    with op.batch_alter_table("cadre_facet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cadre_facet_person_id"), ["person_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "screen",
                "paper",
                "phone",
                name="channel_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "withdrawal_channel",
            sa.Enum(
                "screen",
                "paper",
                "phone",
                name="withdrawal_channel_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_because", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name=op.f("ck_consent_withdrawn_after_given")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_consent_notice_id_notice")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["purpose_id"], ["purpose.id"], name=op.f("fk_consent_purpose_id_purpose")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_consent_recorded_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["account.id"], name=op.f("fk_consent_withdrawn_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consent_public_id")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index(
            "uq_consent_standing",
            ["person_id", "purpose_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "email",
                "phone",
                name="contactkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("value_digest", sa.String(length=64), nullable=False),
        sa.Column("is_preferred", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint(
            "person_id", "kind", "value_digest", name=op.f("uq_contact_person_id_kind_value_digest")
        ),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_value_digest"), ["value_digest"], unique=False)

    op.create_table(
        "education",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("degree_rank", sa.SmallInteger(), nullable=True),
        sa.Column("degree_code", sa.String(length=10), nullable=False),
        sa.Column("field_code", sa.String(length=10), nullable=True),
        sa.Column("major", sa.String(length=200), nullable=False),
        sa.Column("school", sa.String(length=200), nullable=False),
        sa.Column("school_country", sa.String(length=2), nullable=True),
        sa.Column("is_completed", sa.Boolean(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "full_time",
                "in_service",
                "distance",
                "transfer",
                "other",
                name="studymode_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "classification",
            sa.Enum(
                "excellent",
                "very_good",
                "good",
                "fairly_good",
                "average",
                name="classification_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("recognition_number", sa.String(length=200), nullable=False),
        sa.Column(
            "evidence_state",
            sa.Enum(
                "self_declared",
                "attached",
                "verified",
                "rejected",
                "expired",
                name="evidencestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence_until", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column(
            "from_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                name="from_precision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column(
            "to_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                name="to_precision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "degree_rank IS NULL OR degree_rank BETWEEN 1 AND 6", name=op.f("ck_education_degree_rank_range")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_education_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education")),
        sa.UniqueConstraint("public_id", name=op.f("uq_education_public_id")),
    )
    with op.batch_alter_table("education", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_education_person_id"), ["person_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=500), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "verified",
                "rejected",
                name="evidenceresult_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "method",
            sa.Enum(
                "original_seen",
                "certified_copy",
                "issuer_asked",
                "public_register",
                name="verificationmethod_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(result IS NULL) = (checked_at IS NULL)", name=op.f("ck_evidence_result_with_time")
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["account.id"], name=op.f("fk_evidence_added_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["account.id"], name=op.f("fk_evidence_checked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_evidence_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_result_id"), ["result", "id"], unique=False)

    op.create_table(
        "experience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("organisation_text", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("field_code", sa.String(length=10), nullable=True),
        sa.Column("place_text", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("is_ongoing", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "evidence_state",
            sa.Enum(
                "self_declared",
                "attached",
                "verified",
                "rejected",
                "expired",
                name="evidencestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence_until", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column(
            "from_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                name="from_precision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column(
            "to_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                name="to_precision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_experience_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_experience_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_experience_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experience")),
        sa.UniqueConstraint("public_id", name=op.f("uq_experience_public_id")),
    )
    with op.batch_alter_table("experience", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_experience_person_id_from_on"), ["person_id", "from_on"], unique=False
        )

    op.create_table(
        "expert_facet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "expert",
                "foreign_expert",
                "excellent_graduate",
                "young_scientist",
                "skilled_worker",
                name="expertkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "academic_title",
            sa.Enum(
                "professor",
                "associate_professor",
                name="academictitle_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("expertise", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_expert_facet_period"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_expert_facet_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_facet")),
        sa.UniqueConstraint("public_id", name=op.f("uq_expert_facet_public_id")),
    )
    with op.batch_alter_table("expert_facet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_facet_person_id"), ["person_id"], unique=False)

    op.create_table(
        "identity_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "cccd",
                "cmnd",
                "passport",
                name="identitykind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("number_digest", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_identity_document_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_document")),
        sa.UniqueConstraint("kind", "number_digest", name=op.f("uq_identity_document_kind_number_digest")),
        sa.UniqueConstraint("person_id", "kind", name=op.f("uq_identity_document_person_id_kind")),
    )
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_file_batch_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
        sa.UniqueConstraint("batch_id", "role", name=op.f("uq_import_file_batch_id_role")),
    )
    op.create_table(
        "import_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column_index", sa.Integer(), nullable=False),
        sa.Column("column_header", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("is_error", sa.Boolean(), nullable=False),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_issue_batch_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_issue")),
    )
    with op.batch_alter_table("import_issue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_issue_batch_id_row"), ["batch_id", "row"], unique=False)

    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "created",
                "skipped",
                "undone",
                "kept",
                name="rowstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.String(length=26), nullable=True),
        sa.Column("subject_version", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_row_batch_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("batch_id", "row", name=op.f("uq_import_row_batch_id_row")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_row_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "language_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=True),
        sa.Column("certificate", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "evidence_state",
            sa.Enum(
                "self_declared",
                "attached",
                "verified",
                "rejected",
                "expired",
                name="evidencestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank IS NULL OR rank BETWEEN 0 AND 6", name=op.f("ck_language_claim_rank_range")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_language_claim_period")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_language_claim_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_claim")),
        sa.UniqueConstraint("public_id", name=op.f("uq_language_claim_public_id")),
    )
    with op.batch_alter_table("language_claim", schema=None) as batch_op:
        batch_op.create_index(
            "uq_language_claim_open",
            ["person_id", "language"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        )

    op.create_table(
        "match_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("formula_version", sa.Integer(), nullable=False),
        sa.Column("vocabulary_version", sa.String(length=64), nullable=False),
        sa.Column("index_version", sa.String(length=64), nullable=True),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("inputs_hash", sa.String(length=64), nullable=False),
        sa.Column("need_inputs", sa.JSON(), nullable=False),
        sa.Column("similarities", sa.JSON(), nullable=False),
        sa.Column("considered", sa.Integer(), nullable=False),
        sa.Column("not_enough_data", sa.Integer(), nullable=False),
        sa.Column("excluded_people", sa.Integer(), nullable=False),
        sa.Column("ranked", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("relaxations", sa.JSON(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "considered >= 0 AND excluded_people >= 0", name=op.f("ck_match_run_counts_not_negative")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_match_run_by_id_account")),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_match_run_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_run_public_id")),
    )
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_match_run_need_id_computed_at"), ["need_id", "computed_at"], unique=False
        )

    op.create_table(
        "nationality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_nationality_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nationality")),
        sa.UniqueConstraint("person_id", "country", name=op.f("uq_nationality_person_id_country")),
    )
    op.create_table(
        "need_condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "degree",
                "field",
                "language",
                "available",
                "scope",
                "evidence",
                name="conditionkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("field_codes", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=True),
        sa.Column("evidence", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "kind <> 'available' OR by_on IS NOT NULL", name=op.f("ck_need_condition_date_given")
        ),
        sa.CheckConstraint(
            "kind <> 'evidence' OR evidence IN ('attached', 'verified')",
            name=op.f("ck_need_condition_evidence_given"),
        ),
        sa.CheckConstraint(
            "kind <> 'language' OR language IS NOT NULL", name=op.f("ck_need_condition_language_given")
        ),
        sa.CheckConstraint(
            "kind <> 'scope' OR unit_path IS NOT NULL", name=op.f("ck_need_condition_unit_given")
        ),
        sa.CheckConstraint(
            "kind NOT IN ('degree', 'language') OR rank IS NOT NULL",
            name=op.f("ck_need_condition_rank_given"),
        ),
        sa.CheckConstraint("rank IS NULL OR rank BETWEEN 1 AND 6", name=op.f("ck_need_condition_rank_range")),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_need_condition_need_id_need"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_need_condition_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_condition")),
    )
    with op.batch_alter_table("need_condition", schema=None) as batch_op:
        batch_op.create_index("ix_need_condition_need_id", ["need_id"], unique=False)

    op.create_table(
        "need_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("typed", sa.String(length=200), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("pending_term_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("is_essential", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(skill_id IS NULL) <> (pending_term_id IS NULL)", name=op.f("ck_need_skill_concept_or_term")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 6", name=op.f("ck_need_skill_level_range")),
        sa.CheckConstraint(
            "minimum IS NULL OR minimum BETWEEN 1 AND 6", name=op.f("ck_need_skill_minimum_range")
        ),
        sa.CheckConstraint("weight BETWEEN 1 AND 5", name=op.f("ck_need_skill_weight_range")),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_need_skill_need_id_need"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pending_term_id"], ["pending_term.id"], name=op.f("fk_need_skill_pending_term_id_pending_term")
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_need_skill_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_skill")),
        sa.UniqueConstraint("need_id", "skill_id", name=op.f("uq_need_skill_need_id_skill_id")),
    )
    with op.batch_alter_table("need_skill", schema=None) as batch_op:
        batch_op.create_index("ix_need_skill_pending_term_id", ["pending_term_id"], unique=False)
        batch_op.create_index("ix_need_skill_skill_id", ["skill_id"], unique=False)

    op.create_table(
        "need_transition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "open",
                "on_hold",
                "filled",
                "cancelled",
                "rejected",
                name="needstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_need_transition_by_account")),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_need_transition_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_transition")),
    )
    with op.batch_alter_table("need_transition", schema=None) as batch_op:
        batch_op.create_index("ix_need_transition_need_id", ["need_id"], unique=False)

    op.create_table(
        "overseas_facet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column(
            "right_to_stay",
            sa.Enum(
                "citizen",
                "permanent",
                "work",
                "study",
                "other",
                name="righttostay_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "return_intent",
            sa.Enum(
                "remote_advice",
                "short_visit",
                "project",
                "return",
                "undecided",
                name="returnintent_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_overseas_facet_period"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_overseas_facet_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overseas_facet")),
        sa.UniqueConstraint("public_id", name=op.f("uq_overseas_facet_public_id")),
    )
    with op.batch_alter_table("overseas_facet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overseas_facet_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "birth",
                "former",
                "common",
                "foreign",
                name="namekind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column(
            "folded_name", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_name_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_name")),
    )
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sensitive_traits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ethnicity_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("religion_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("party_member_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sensitive_traits_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["account.id"], name=op.f("fk_sensitive_traits_updated_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sensitive_traits")),
        sa.UniqueConstraint("person_id", name=op.f("uq_sensitive_traits_person_id")),
    )
    op.create_table(
        "skill_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("pending_term_id", sa.Integer(), nullable=True),
        sa.Column("typed", sa.String(length=200), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("since_year", sa.SmallInteger(), nullable=True),
        sa.Column("needs_confirmation", sa.Boolean(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "evidence_state",
            sa.Enum(
                "self_declared",
                "attached",
                "verified",
                "rejected",
                "expired",
                name="evidencestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(skill_id IS NULL) <> (pending_term_id IS NULL)", name=op.f("ck_skill_claim_concept_or_pending")
        ),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 0 AND 6", name=op.f("ck_skill_claim_level_range")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_skill_claim_period")),
        sa.ForeignKeyConstraint(
            ["pending_term_id"], ["pending_term.id"], name=op.f("fk_skill_claim_pending_term_id_pending_term")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_skill_claim_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_skill_claim_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_claim")),
        sa.UniqueConstraint("public_id", name=op.f("uq_skill_claim_public_id")),
    )
    with op.batch_alter_table("skill_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skill_claim_pending_term_id"), ["pending_term_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_skill_claim_person_id_valid_to"), ["person_id", "valid_to"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_skill_claim_skill_id_valid_to"), ["skill_id", "valid_to"], unique=False
        )
        batch_op.create_index(
            "uq_skill_claim_open",
            ["person_id", "skill_id"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND skill_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND skill_id IS NOT NULL"),
        )

    op.create_table(
        "availability_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("availability_id", sa.Integer(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "permanent",
                "fixed_term",
                "part_time",
                "secondment",
                "short_stay",
                "remote",
                "advice",
                "teaching",
                "project",
                name="workform_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["availability_id"],
            ["availability.id"],
            name=op.f("fk_availability_form_availability_id_availability"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability_form")),
        sa.UniqueConstraint(
            "availability_id", "form", name=op.f("uq_availability_form_availability_id_form")
        ),
    )
    op.create_table(
        "evidence_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("education_id", sa.Integer(), nullable=True),
        sa.Column("experience_id", sa.Integer(), nullable=True),
        sa.Column("language_claim_id", sa.Integer(), nullable=True),
        sa.Column("skill_claim_id", sa.Integer(), nullable=True),
        sa.Column("achievement_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN education_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN experience_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN language_claim_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN skill_claim_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN achievement_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_evidence_link_one_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["achievement_id"],
            ["achievement.id"],
            name=op.f("fk_evidence_link_achievement_id_achievement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["education_id"],
            ["education.id"],
            name=op.f("fk_evidence_link_education_id_education"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_evidence_link_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["experience_id"],
            ["experience.id"],
            name=op.f("fk_evidence_link_experience_id_experience"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["language_claim_id"],
            ["language_claim.id"],
            name=op.f("fk_evidence_link_language_claim_id_language_claim"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["skill_claim_id"],
            ["skill_claim.id"],
            name=op.f("fk_evidence_link_skill_claim_id_skill_claim"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
    )
    with op.batch_alter_table("evidence_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_link_achievement_id"), ["achievement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_link_education_id"), ["education_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_link_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_link_experience_id"), ["experience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_evidence_link_language_claim_id"), ["language_claim_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_evidence_link_skill_claim_id"), ["skill_claim_id"], unique=False)

    op.create_table(
        "match_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("certain", sa.Integer(), nullable=False),
        sa.Column("potential", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("inputs", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "certain BETWEEN 0 AND potential AND potential <= 10000", name=op.f("ck_match_row_points_range")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["match_run.id"], name=op.f("fk_match_row_run_id_match_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_row")),
        sa.UniqueConstraint("run_id", "rank", name=op.f("uq_match_row_run_id_rank")),
    )
    with op.batch_alter_table("match_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_row_person"), ["person"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("match_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_row_person"))

    op.drop_table("match_row")
    with op.batch_alter_table("evidence_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_link_skill_claim_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_link_language_claim_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_link_experience_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_link_evidence_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_link_education_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_link_achievement_id"))

    op.drop_table("evidence_link")
    op.drop_table("availability_form")
    with op.batch_alter_table("skill_claim", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_skill_claim_open",
            sqlite_where=sa.text("valid_to IS NULL AND skill_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND skill_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_skill_claim_skill_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_skill_claim_person_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_skill_claim_pending_term_id"))

    op.drop_table("skill_claim")
    op.drop_table("sensitive_traits")
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_name_person_id"))

    op.drop_table("person_name")
    with op.batch_alter_table("overseas_facet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_overseas_facet_person_id"))

    op.drop_table("overseas_facet")
    with op.batch_alter_table("need_transition", schema=None) as batch_op:
        batch_op.drop_index("ix_need_transition_need_id")

    op.drop_table("need_transition")
    with op.batch_alter_table("need_skill", schema=None) as batch_op:
        batch_op.drop_index("ix_need_skill_skill_id")
        batch_op.drop_index("ix_need_skill_pending_term_id")

    op.drop_table("need_skill")
    with op.batch_alter_table("need_condition", schema=None) as batch_op:
        batch_op.drop_index("ix_need_condition_need_id")

    op.drop_table("need_condition")
    op.drop_table("nationality")
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_run_need_id_computed_at"))

    op.drop_table("match_run")
    with op.batch_alter_table("language_claim", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_language_claim_open",
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        )

    op.drop_table("language_claim")
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_row_subject_id"))

    op.drop_table("import_row")
    with op.batch_alter_table("import_issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_issue_batch_id_row"))

    op.drop_table("import_issue")
    op.drop_table("import_file")
    op.drop_table("identity_document")
    with op.batch_alter_table("expert_facet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_facet_person_id"))

    op.drop_table("expert_facet")
    with op.batch_alter_table("experience", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_experience_person_id_from_on"))

    op.drop_table("experience")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_result_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_person_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("education", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_education_person_id"))

    op.drop_table("education")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_value_digest"))

    op.drop_table("contact")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_consent_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_consent_notice_id"))

    op.drop_table("consent")
    with op.batch_alter_table("cadre_facet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cadre_facet_person_id"))

    op.drop_table("cadre_facet")
    with op.batch_alter_table("availability", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_availability_current",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_availability_person_id_stated_on"))

    op.drop_table("availability")
    with op.batch_alter_table("affinity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_affinity_person_id"))

    op.drop_table("affinity")
    with op.batch_alter_table("achievement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_achievement_person_id"))

    op.drop_table("achievement")
    op.drop_table("accepted_place")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_unit_path_state"))
        batch_op.drop_index(batch_op.f("ix_person_residence_unit_path"))
        batch_op.drop_index(batch_op.f("ix_person_organisation_path"))
        batch_op.drop_index(batch_op.f("ix_person_name_sort_key_id"))
        batch_op.drop_index(batch_op.f("ix_person_folded_name_birth_on"))
        batch_op.drop_index(batch_op.f("ix_person_external_id"))

    op.drop_table("person")
    op.drop_table("pending_sighting")
    with op.batch_alter_table("organisation_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_name_folded"))

    op.drop_table("organisation_name")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index("ix_need_unit_path")
        batch_op.drop_index("ix_need_state")
        batch_op.drop_index("ix_need_organisation_path")

    op.drop_table("need")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_unit_path"))
        batch_op.drop_index(batch_op.f("ix_import_batch_organisation_path"))

    op.drop_table("import_batch")
    with op.batch_alter_table("audit_event_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_person_person_event_id"))

    op.drop_table("audit_event_person")
    op.drop_table("unit_kind_seen")
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_succession_new_id"))

    op.drop_table("succession")
    with op.batch_alter_table("skill_relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skill_relation_other_id"))

    op.drop_table("skill_relation")
    with op.batch_alter_table("skill_label", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_skill_label_folded",
            sqlite_where=sa.text("NOT is_ambiguous"),
            postgresql_where=sa.text("NOT is_ambiguous"),
        )

    op.drop_table("skill_label")
    with op.batch_alter_table("pending_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_term_skill_id"))

    op.drop_table("pending_term")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_organisation_sibling_name",
            sqlite_where=sa.text("valid_to IS NULL AND parent_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND parent_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_organisation_root_name",
            sqlite_where=sa.text("valid_to IS NULL AND parent_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND parent_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_organisation_path"))
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_folded"))

    op.drop_table("organisation")
    op.drop_table("notice")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_job_created_by"))

    op.drop_table("job")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_subject_id_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_by_id_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_at_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_action_id"))

    op.drop_table("audit_event")
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_session_account_id"))

    op.drop_table("account_session")
    with op.batch_alter_table("account_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_role_account_id"))

    op.drop_table("account_role")
    op.drop_table("vocabulary_state")
    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skill_sector"))
        batch_op.drop_index(batch_op.f("ix_skill_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_skill_folded"))
        batch_op.drop_index(batch_op.f("ix_skill_family"))

    op.drop_table("skill")
    op.drop_table("sign_in_throttle")
    op.drop_table("purpose")
    op.drop_table("place_edition")
    op.drop_table("person_key")
    op.drop_table("need_number")
    op.drop_table("installation_fact")
    op.drop_table("audit_stream")
    with op.batch_alter_table("administrative_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_administrative_unit_parent_id"))
        batch_op.drop_index(batch_op.f("ix_administrative_unit_level_folded"))

    op.drop_table("administrative_unit")
    op.drop_table("account")
