"""What kind of area a unit is from a day on: mountainous, an island, favoured by the province."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "area_classification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_area_classification_by_id_account")),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["administrative_unit.id"],
            name=op.f("fk_area_classification_unit_id_administrative_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_classification")),
        sa.UniqueConstraint("public_id", name=op.f("uq_area_classification_public_id")),
        sa.UniqueConstraint("unit_id", "valid_from", name=op.f("uq_area_classification_unit_id_valid_from")),
    )


def downgrade() -> None:
    op.drop_table("area_classification")
