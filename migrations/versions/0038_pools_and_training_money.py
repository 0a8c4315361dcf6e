"""What lists of people are kept for, with the decision of a pipeline of leaders; the dedicated money of training."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_MOST = 10**15
_ONE_OF_BOTH = "(programme_id IS NULL) <> (course_id IS NULL)"
_KIND = sa.Enum(
    "talent",
    "pipeline",
    "panel",
    name="poolkind_known",
    native_enum=False,
    create_constraint=True,
    length=40,
)
_DECIDED = (
    "kind = 'pipeline' AND term <> '' AND position <> '' AND decision_number <> '' AND decided_on IS NOT NULL "
    "OR kind <> 'pipeline' AND term = '' AND position = '' AND decision_number = '' AND decided_on IS NULL"
)


def upgrade() -> None:
    with op.batch_alter_table("shortlist") as batch:
        batch.add_column(sa.Column("kind", _KIND, server_default="talent", nullable=False))
        batch.add_column(sa.Column("term", sa.String(length=40), server_default="", nullable=False))
        batch.add_column(sa.Column("position", sa.String(length=200), server_default="", nullable=False))
        batch.add_column(
            sa.Column("decision_number", sa.String(length=100), server_default="", nullable=False)
        )
        batch.add_column(sa.Column("decided_on", sa.Date(), nullable=True))
        batch.create_check_constraint(op.f("ck_shortlist_pipeline_decided"), _DECIDED)

    _add_lines()
    _add_spending()


def _add_lines() -> None:
    op.create_table(
        "training_budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=500), nullable=False),
        sa.Column("planned_vnd", sa.BigInteger(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_ONE_OF_BOTH, name=op.f("ck_training_budget_line_programme_or_course")),
        sa.CheckConstraint(
            f"planned_vnd BETWEEN 0 AND {_MOST}", name=op.f("ck_training_budget_line_planned_range")
        ),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_training_budget_line_year_range")),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["training_course.id"],
            name=op.f("fk_training_budget_line_course_id_training_course"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["training_programme.id"],
            name=op.f("fk_training_budget_line_programme_id_training_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_budget_line")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_budget_line_public_id")),
    )
    for column in ("programme_id", "course_id", "year"):
        op.create_index(op.f(f"ix_training_budget_line_{column}"), "training_budget_line", [column])


def _add_spending() -> None:
    op.create_table(
        "training_spending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "committed",
                "paid",
                name="entrykind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            f"line_id IS NULL AND {_ONE_OF_BOTH} "
            "OR line_id IS NOT NULL AND programme_id IS NULL AND course_id IS NULL",
            name=op.f("ck_training_spending_line_or_what_for"),
        ),
        sa.CheckConstraint(
            f"amount_vnd BETWEEN -{_MOST} AND {_MOST}", name=op.f("ck_training_spending_amount_range")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["training_course.id"],
            name=op.f("fk_training_spending_course_id_training_course"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["training_budget_line.id"],
            name=op.f("fk_training_spending_line_id_training_budget_line"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["training_programme.id"],
            name=op.f("fk_training_spending_programme_id_training_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_spending")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_spending_public_id")),
    )
    for column in ("line_id", "programme_id", "course_id", "on"):
        op.create_index(op.f(f"ix_training_spending_{column}"), "training_spending", [column])


def downgrade() -> None:
    op.drop_table("training_spending")
    op.drop_table("training_budget_line")
    with op.batch_alter_table("shortlist") as batch:
        batch.drop_constraint(op.f("ck_shortlist_pipeline_decided"), type_="check")
        batch.drop_constraint(op.f("ck_shortlist_poolkind_known"), type_="check")
        batch.drop_column("decided_on")
        batch.drop_column("decision_number")
        batch.drop_column("position")
        batch.drop_column("term")
        batch.drop_column("kind")
