"""Open data: sets and their releases, with what of them is hidden."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def _listed(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "open_dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            _listed("datasetkind_known", "indicators", "training", "breakdown", "sectors", "areas"),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("description_en", sa.String(length=500), nullable=False),
        sa.Column(
            "licence", _listed("licence_known", "cc-by-4.0", "cc-by-sa-4.0", "cc0-1.0"), nullable=False
        ),
        sa.Column("theme", _listed("theme_known", "SOCI", "EDUC", "GOVE", "ECON"), nullable=False),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("publisher <> ''", name=op.f("ck_open_dataset_with_publisher")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_open_dataset_made_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_open_dataset_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_dataset")),
        sa.UniqueConstraint("code", name=op.f("uq_open_dataset_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_open_dataset_public_id")),
    )
    op.create_index(op.f("ix_open_dataset_unit_path"), "open_dataset", ["unit_path"], unique=False)
    op.create_table(
        "open_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _listed("releasestate_known", "draft", "waiting", "published", "refused", "withdrawn"),
            nullable=False,
        ),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("csv", sa.LargeBinary(), nullable=False),
        sa.Column("json", sa.LargeBinary(), nullable=False),
        sa.Column("dictionary", sa.LargeBinary(), nullable=False),
        sa.Column("csv_bytes", sa.Integer(), nullable=False),
        sa.Column("json_bytes", sa.Integer(), nullable=False),
        sa.Column("csv_digest", sa.String(length=64), nullable=False),
        sa.Column("json_digest", sa.String(length=64), nullable=False),
        sa.Column("code_version", sa.String(length=40), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("prepared_at", _INSTANT, nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", _INSTANT, nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts IS NULL OR ends >= starts", name=op.f("ck_open_release_period")),
        sa.CheckConstraint(
            "decided_by_id <> prepared_by_id", name=op.f("ck_open_release_decided_by_another")
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'withdrawn')) = (published_at IS NOT NULL)",
            name=op.f("ck_open_release_published_with_instant"),
        ),
        sa.CheckConstraint(
            "(state IN ('refused', 'withdrawn')) = (reason <> '')",
            name=op.f("ck_open_release_ended_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["open_dataset.id"], name=op.f("fk_open_release_dataset_id_open_dataset")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_open_release_decided_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_open_release_ended_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["account.id"], name=op.f("fk_open_release_prepared_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_release")),
        sa.UniqueConstraint("dataset_id", "number", name=op.f("uq_open_release_dataset_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_open_release_public_id")),
    )


def downgrade() -> None:
    op.drop_table("open_release")
    op.drop_table("open_dataset")
