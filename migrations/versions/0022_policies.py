"""Legal documents, policies with their versions, dated parameters, yearly lists, and who compared which figure."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "legal_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "law",
                "decree",
                "decision",
                "council_resolution",
                "province_decision",
                "draft",
                name="documentkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("effective_after_days", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "in_force",
                "partly",
                "expired",
                "replaced",
                "unknown",
                name="documentstatus_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("is_edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("effective_after_days >= 0", name=op.f("ck_legal_document_after_days_forward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_document")),
        sa.UniqueConstraint("code", name=op.f("uq_legal_document_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_legal_document_public_id")),
    )
    op.create_table(
        "parameter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("of", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter")),
        sa.UniqueConstraint("key", "of", name=op.f("uq_parameter_key_of")),
        sa.UniqueConstraint("public_id", name=op.f("uq_parameter_public_id")),
    )
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("code", name=op.f("uq_policy_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_policy_public_id")),
    )
    op.create_table(
        "yearly_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_list")),
        sa.UniqueConstraint("code", name=op.f("uq_yearly_list_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_yearly_list_public_id")),
    )
    op.create_table(
        "document_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "amends",
                "replaces",
                name="linkkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("document_id <> other_id", name=op.f("ck_document_link_of_two")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["legal_document.id"],
            name=op.f("fk_document_link_document_id_legal_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["legal_document.id"], name=op.f("fk_document_link_other_id_legal_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_link")),
        sa.UniqueConstraint(
            "document_id", "other_id", "kind", name=op.f("uq_document_link_document_id_other_id_kind")
        ),
    )
    op.create_index(op.f("ix_document_link_other_id"), "document_link", ["other_id"])
    op.create_table(
        "parameter_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("parameter_id", sa.Integer(), nullable=False),
        sa.Column("value_vnd", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_parameter_value_in_order")
        ),
        sa.CheckConstraint("value_vnd > 0", name=op.f("ck_parameter_value_positive")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["legal_document.id"], name=op.f("fk_parameter_value_document_id_legal_document")
        ),
        sa.ForeignKeyConstraint(
            ["parameter_id"],
            ["parameter.id"],
            name=op.f("fk_parameter_value_parameter_id_parameter"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter_value")),
        sa.UniqueConstraint(
            "parameter_id", "valid_from", name=op.f("uq_parameter_value_parameter_id_valid_from")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_parameter_value_public_id")),
    )
    op.create_index(op.f("ix_parameter_value_document_id"), "parameter_value", ["document_id"])
    op.create_table(
        "policy_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "attract",
                "retain",
                "train",
                "housing",
                "relocation",
                name="policypurpose_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("apply_from", sa.Date(), nullable=True),
        sa.Column("apply_to", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("body_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "published",
                "withdrawn",
                name="versionstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", _INSTANT, nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_by_id <> made_by_id", name=op.f("ck_policy_version_approved_by_another")
        ),
        sa.CheckConstraint(
            "approved_by_id <> submitted_by_id", name=op.f("ck_policy_version_approved_by_a_second")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_policy_version_counted")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["account.id"], name=op.f("fk_policy_version_approved_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["legal_document.id"], name=op.f("fk_policy_version_document_id_legal_document")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_policy_version_made_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_policy_version_policy_id_policy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["account.id"], name=op.f("fk_policy_version_submitted_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_version")),
        sa.UniqueConstraint("policy_id", "number", name=op.f("uq_policy_version_policy_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_policy_version_public_id")),
    )
    op.create_index(op.f("ix_policy_version_document_id"), "policy_version", ["document_id"])
    op.create_index(op.f("ix_policy_version_state"), "policy_version", ["state"])
    op.create_index(
        "uq_policy_version_open",
        "policy_version",
        ["policy_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'submitted')"),
        postgresql_where=sa.text("state IN ('draft', 'submitted')"),
    )
    op.create_table(
        "yearly_list_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("field_codes", sa.JSON(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint("year > 0", name=op.f("ck_yearly_list_year_year_known")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["legal_document.id"],
            name=op.f("fk_yearly_list_year_document_id_legal_document"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["yearly_list.id"],
            name=op.f("fk_yearly_list_year_list_id_yearly_list"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_list_year")),
        sa.UniqueConstraint("list_id", "year", name=op.f("uq_yearly_list_year_list_id_year")),
        sa.UniqueConstraint("public_id", name=op.f("uq_yearly_list_year_public_id")),
    )
    op.create_index(op.f("ix_yearly_list_year_document_id"), "yearly_list_year", ["document_id"])
    op.create_table(
        "figure_verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("parameter_value_id", sa.Integer(), nullable=True),
        sa.Column("list_year_id", sa.Integer(), nullable=True),
        sa.Column("figure", sa.String(length=220), nullable=False),
        sa.Column("figure_sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN version_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN document_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN parameter_value_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN list_year_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_figure_verification_of_one_owner"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_figure_verification_by_id_account")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["legal_document.id"],
            name=op.f("fk_figure_verification_document_id_legal_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["list_year_id"],
            ["yearly_list_year.id"],
            name=op.f("fk_figure_verification_list_year_id_yearly_list_year"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["parameter_value_id"],
            ["parameter_value.id"],
            name=op.f("fk_figure_verification_parameter_value_id_parameter_value"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["policy_version.id"],
            name=op.f("fk_figure_verification_version_id_policy_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_verification")),
    )
    op.create_index(op.f("ix_figure_verification_document_id"), "figure_verification", ["document_id"])
    op.create_index(op.f("ix_figure_verification_list_year_id"), "figure_verification", ["list_year_id"])
    op.create_index(
        op.f("ix_figure_verification_parameter_value_id"), "figure_verification", ["parameter_value_id"]
    )
    op.create_index(op.f("ix_figure_verification_review_on"), "figure_verification", ["review_on"])
    op.create_index(op.f("ix_figure_verification_version_id"), "figure_verification", ["version_id"])
    op.create_table(
        "policy_scope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["policy_version.id"],
            name=op.f("fk_policy_scope_version_id_policy_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_scope")),
        sa.UniqueConstraint(
            "version_id", "unit_code", "as_of", name=op.f("uq_policy_scope_version_id_unit_code_as_of")
        ),
    )
    op.create_index(op.f("ix_policy_scope_unit_code"), "policy_scope", ["unit_code"])
    op.create_table(
        "policy_version_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "published",
                "withdrawn",
                name="versionstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_policy_version_step_by_id_account")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["policy_version.id"],
            name=op.f("fk_policy_version_step_version_id_policy_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_version_step")),
    )
    op.create_index(op.f("ix_policy_version_step_version_id"), "policy_version_step", ["version_id"])


def downgrade() -> None:
    op.drop_table("policy_version_step")
    op.drop_table("policy_scope")
    op.drop_table("figure_verification")
    op.drop_table("yearly_list_year")
    op.drop_table("policy_version")
    op.drop_table("parameter_value")
    op.drop_table("document_link")
    op.drop_table("yearly_list")
    op.drop_table("policy")
    op.drop_table("parameter")
    op.drop_table("legal_document")
