"""The balance of supply and demand: forecasts, people who came and went, shortages."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "shortage_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortage_number")),
        sa.UniqueConstraint("year", name=op.f("uq_shortage_number_year")),
    )
    op.create_table(
        "demand_forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column(
            "subject_kind",
            sa.Enum(
                "occupation",
                "sector",
                "skill",
                name="subjectkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_code", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("method", sa.String(length=500), nullable=False),
        sa.Column("document", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.String(length=500), nullable=False),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawn_because = '')",
            name=op.f("ck_demand_forecast_withdrawn_with_reason"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_demand_forecast_amount_not_negative")),
        sa.CheckConstraint("due_on > made_on", name=op.f("ck_demand_forecast_due_later")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_demand_forecast_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_demand_forecast_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_forecast")),
        sa.UniqueConstraint("public_id", name=op.f("uq_demand_forecast_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_demand_forecast_submission_key")),
    )
    op.create_index(op.f("ix_demand_forecast_due_on"), "demand_forecast", ["due_on"], unique=False)
    op.create_index(op.f("ix_demand_forecast_unit_path"), "demand_forecast", ["unit_path"], unique=False)
    op.create_table(
        "movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "in", "out", name="direction_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("last_post", sa.String(length=200), nullable=False),
        sa.Column("qualification_rank", sa.SmallInteger(), nullable=True),
        sa.Column("occupation", sa.String(length=10), nullable=False),
        sa.Column("place_path", sa.String(length=200), nullable=False),
        sa.Column("place_country", sa.String(length=2), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "pay",
                "career",
                "conditions",
                "family",
                "study",
                "home",
                "policy",
                "posting",
                "retirement",
                "other",
                "none_given",
                name="movereason_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason_text", sa.String(length=500), nullable=False),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint("place_path = '' OR place_country IS NULL", name=op.f("ck_movement_one_place")),
        sa.CheckConstraint(
            "qualification_rank IS NULL OR qualification_rank BETWEEN 1 AND 6",
            name=op.f("ck_movement_qualification_rank_range"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_movement_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_movement_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_movement_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_movement_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_movement_submission_key")),
    )
    op.create_index(op.f("ix_movement_person_id"), "movement", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_movement_unit_path_moved_on"), "movement", ["unit_path", "moved_on"], unique=False
    )
    op.create_table(
        "shortage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "ordered",
                "campaigned",
                "met",
                name="shortagestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "subject_kind",
            sa.Enum(
                "occupation",
                "sector",
                "skill",
                name="subjectkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_code", sa.String(length=40), nullable=False),
        sa.Column(
            "horizon",
            sa.Enum(
                "short", "long", name="horizon_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("demand", sa.Integer(), nullable=True),
        sa.Column("supply", sa.Integer(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("credits_from", _INSTANT, nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("order_code", sa.String(length=40), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_note", sa.String(length=500), nullable=False),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'met') = (met_on IS NOT NULL)", name=op.f("ck_shortage_met_with_its_day")
        ),
        sa.CheckConstraint("size >= 1", name=op.f("ck_shortage_size_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_shortage_campaign_id_campaign"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_shortage_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_shortage_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortage")),
        sa.UniqueConstraint("code", name=op.f("uq_shortage_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shortage_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_shortage_submission_key")),
    )
    op.create_index(op.f("ix_shortage_campaign_id"), "shortage", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_shortage_unit_path"), "shortage", ["unit_path"], unique=False)
    op.create_index(
        "uq_shortage_not_met",
        "shortage",
        ["subject_kind", "subject_code", "unit_path", "organisation_path"],
        unique=True,
        sqlite_where=sa.text("state <> 'met'"),
        postgresql_where=sa.text("state <> 'met'"),
    )


def downgrade() -> None:
    op.drop_table("shortage")
    op.drop_table("movement")
    op.drop_table("demand_forecast")
    op.drop_table("shortage_number")
