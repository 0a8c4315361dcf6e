"""Indicators: measures, targets, observations, contradictions, lists behind figures, frozen reports."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "figure_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_list")),
        sa.UniqueConstraint("code", name=op.f("uq_figure_list_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_figure_list_public_id")),
    )
    op.create_table(
        "figure_list_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_figure_list_row_period")),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["figure_list.id"],
            name=op.f("fk_figure_list_row_list_id_figure_list"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_list_row")),
    )
    op.create_index(
        op.f("ix_figure_list_row_list_id_starts"), "figure_list_row", ["list_id", "starts"], unique=False
    )
    op.create_table(
        "report_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "frozen",
                "published",
                name="snapshotstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("code_version", sa.String(length=40), nullable=False),
        sa.Column("data_at", _INSTANT, nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("workbook", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("frozen_at", _INSTANT, nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", _INSTANT, nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)",
            name=op.f("ck_report_snapshot_published_with_instant"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR (pdf IS NOT NULL AND workbook IS NOT NULL)",
            name=op.f("ck_report_snapshot_frozen_with_files"),
        ),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_report_snapshot_period")),
        sa.CheckConstraint(
            "published_by_id <> frozen_by_id", name=op.f("ck_report_snapshot_published_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["frozen_by_id"], ["account.id"], name=op.f("fk_report_snapshot_frozen_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_report_snapshot_published_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_snapshot")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_snapshot_public_id")),
    )
    op.create_index(op.f("ix_report_snapshot_unit_path"), "report_snapshot", ["unit_path"], unique=False)
    op.create_table(
        "service_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("days_a_week", sa.SmallInteger(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "days_a_week BETWEEN 1 AND 7", name=op.f("ck_service_assignment_days_a_week_range")
        ),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_service_assignment_period")),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_service_assignment_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_assignment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_service_assignment_public_id")),
        sa.UniqueConstraint(
            "unit_id",
            "role",
            "subject",
            "starts",
            name=op.f("uq_service_assignment_unit_id_role_subject_starts"),
        ),
    )
    op.create_index(
        op.f("ix_service_assignment_role_starts"), "service_assignment", ["role", "starts"], unique=False
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "count",
                "share",
                "ratio",
                "reduction",
                "coverage",
                name="indicatorkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("numerator", sa.String(length=500), nullable=False),
        sa.Column("denominator", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("query", sa.String(length=60), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("lower_is_better", sa.Boolean(), nullable=False),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("owner <> '' AND source <> ''", name=op.f("ck_indicator_owner_and_source")),
        sa.ForeignKeyConstraint(
            ["node_id"],
            ["programme_node.id"],
            name=op.f("fk_indicator_node_id_programme_node"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_indicator_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("code", name=op.f("uq_indicator_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_indicator_public_id")),
    )
    op.create_index(op.f("ix_indicator_node_id"), "indicator", ["node_id"], unique=False)
    op.create_index(op.f("ix_indicator_programme_id"), "indicator", ["programme_id"], unique=False)
    op.create_index(op.f("ix_indicator_unit_path"), "indicator", ["unit_path"], unique=False)
    op.create_table(
        "indicator_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column(
            "reading",
            sa.Enum(
                "per_year",
                "whole_period",
                "unclear",
                name="reading_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document", sa.String(length=500), nullable=False),
        sa.Column("quote", sa.String(length=500), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("published_id", sa.String(length=20), nullable=True),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "ends IS NULL OR starts IS NULL OR ends >= starts", name=op.f("ck_indicator_target_period")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_indicator_target_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicator.id"],
            name=op.f("fk_indicator_target_indicator_id_indicator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_target")),
        sa.UniqueConstraint("public_id", name=op.f("uq_indicator_target_public_id")),
        sa.UniqueConstraint("published_id", name=op.f("uq_indicator_target_published_id")),
    )
    op.create_index(
        op.f("ix_indicator_target_indicator_id"), "indicator_target", ["indicator_id"], unique=False
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=True),
        sa.Column("is_about", sa.Boolean(), nullable=False),
        sa.Column(
            "why_missing",
            sa.Enum(
                "not_printed",
                "not_collected",
                "no_plan",
                "no_baseline",
                "no_denominator",
                "only_totals",
                "unit_divided",
                "units_differ",
                "too_few",
                name="missing_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "by_hand",
                "printed",
                name="origin_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("printed_percent", sa.String(length=40), nullable=True),
        sa.Column("verdict", sa.String(length=500), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("quote", sa.String(length=500), nullable=False),
        sa.Column("published_id", sa.String(length=20), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", _INSTANT, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "(amount IS NULL) = (why_missing IS NOT NULL)", name=op.f("ck_observation_amount_or_reason")
        ),
        sa.CheckConstraint("starts IS NULL OR ends >= starts", name=op.f("ck_observation_period")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_observation_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicator.id"],
            name=op.f("fk_observation_indicator_id_indicator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["part_of_id"], ["observation.id"], name=op.f("fk_observation_part_of_id_observation")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["observation.id"], name=op.f("fk_observation_replaced_by_id_observation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_observation_public_id")),
        sa.UniqueConstraint("published_id", name=op.f("uq_observation_published_id")),
    )
    op.create_index(
        op.f("ix_observation_indicator_id_ends"), "observation", ["indicator_id", "ends"], unique=False
    )
    op.create_table(
        "contradiction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "plan_percent",
                "computed",
                name="contradictionkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "explained",
                "accepted",
                name="contradictionstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("found_at", _INSTANT, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicator.id"],
            name=op.f("fk_contradiction_indicator_id_indicator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["observation.id"],
            name=op.f("fk_contradiction_observation_id_observation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction")),
        sa.UniqueConstraint("observation_id", "kind", name=op.f("uq_contradiction_observation_id_kind")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contradiction_public_id")),
    )
    op.create_index(op.f("ix_contradiction_indicator_id"), "contradiction", ["indicator_id"], unique=False)
    op.create_table(
        "contradiction_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contradiction_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "explained",
                "accepted",
                name="step_state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_contradiction_step_with_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_contradiction_step_by_id_account")),
        sa.ForeignKeyConstraint(
            ["contradiction_id"],
            ["contradiction.id"],
            name=op.f("fk_contradiction_step_contradiction_id_contradiction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction_step")),
    )
    op.create_index(
        op.f("ix_contradiction_step_contradiction_id"),
        "contradiction_step",
        ["contradiction_id"],
        unique=False,
    )

    # Distinct people of a category are counted along one index, without sorting a million rows.
    op.drop_index("ix_participation_participant", table_name="participation")
    op.create_index(
        "ix_participation_by_participant",
        "participation",
        ["participant", "category", "happened_on", "unit_path"],
    )


def downgrade() -> None:
    op.drop_index("ix_participation_by_participant", table_name="participation")
    op.create_index("ix_participation_participant", "participation", ["participant"])
    for table in (
        "contradiction_step",
        "contradiction",
        "observation",
        "indicator_target",
        "indicator",
        "service_assignment",
        "report_snapshot",
        "figure_list_row",
        "figure_list",
    ):
        op.drop_table(table)
