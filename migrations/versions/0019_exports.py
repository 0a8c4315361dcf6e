"""Lists that leave as files: what was asked for what, and whom a file holds."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=26), nullable=False),
        sa.Column("need", sa.String(length=26), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("purpose_text", sa.String(length=500), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("file", sa.String(length=60), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_export_rows_not_negative")),
        sa.CheckConstraint(
            "kind IN ('people', 'needs', 'ranking', 'shortlist', 'selection')",
            name=op.f("ck_export_exportkind_known"),
        ),
        sa.CheckConstraint("format IN ('xlsx', 'csv')", name=op.f("ck_export_exportformat_known")),
        sa.CheckConstraint(
            "purpose IN ('panel', 'need', 'report', 'partner', 'checking', 'other')",
            name=op.f("ck_export_exportpurpose_known"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_export_owner_id_account")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_export_job_id_job")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
        sa.UniqueConstraint("public_id", name=op.f("uq_export_public_id")),
    )
    op.create_index(op.f("ix_export_owner_id"), "export", ["owner_id"])
    op.create_index(op.f("ix_export_expires_at"), "export", ["expires_at"])
    op.create_table(
        "export_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("certain", sa.Integer(), nullable=True),
        sa.Column("potential", sa.Integer(), nullable=True),
        sa.Column("is_named", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["export_id"], ["export.id"], name=op.f("fk_export_person_export_id_export"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_export_person_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_person")),
        sa.UniqueConstraint("export_id", "person_id", name=op.f("uq_export_person_export_id_person_id")),
    )
    op.create_index(op.f("ix_export_person_person_id"), "export_person", ["person_id"])


def downgrade() -> None:
    op.drop_table("export_person")
    op.drop_table("export")
