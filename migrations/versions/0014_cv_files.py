"""CVs that people fill their own profile from, one an account, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_STATES = ("waiting", "ready", "unreadable")


def upgrade() -> None:
    op.create_table(
        "cv_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="cvstate_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("refusal", sa.String(length=40), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("found_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state = 'waiting' OR content_sealed IS NULL", name=op.f("ck_cv_file_file_gone_once_read")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_cv_file_account_id_account")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_cv_file_job_id_job")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cv_file")),
        sa.UniqueConstraint("account_id", name=op.f("uq_cv_file_account_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cv_file_public_id")),
    )


def downgrade() -> None:
    op.drop_table("cv_file")
