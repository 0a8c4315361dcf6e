"""Registrations of people who enter themselves, with what they typed so far."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AUDIENCES = ("expert", "overseas", "foreign", "cadre")
_STATES = ("open", "submitted", "held", "linked")
_TASKS = (
    "dong-y",
    "ban-than",
    "lien-he",
    "giay-to",
    "cong-tac",
    "hoc-van",
    "ky-nang",
    "ngoai-ngu",
    "kinh-nghiem",
    "nguyen-vong",
)
_TASK_STATES = ("not_started", "in_progress", "needs_fix", "done")


def upgrade() -> None:
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("audience", _closed("audience", _AUDIENCES), nullable=False),
        sa.Column("state", _closed("registrationstate", _STATES), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (submitted_at IS NULL)", name=op.f("ck_registration_sent_with_its_moment")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_registration_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("account_id", name=op.f("uq_registration_account_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_public_id")),
    )
    op.create_index(
        op.f("ix_registration_state_unit_path"), "registration", ["state", "unit_path"], unique=False
    )
    op.create_table(
        "registration_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("task", _closed("task", _TASKS), nullable=False),
        sa.Column("row", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", _closed("taskstate", _TASK_STATES), nullable=False),
        sa.Column("values_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sign_in", sa.String(length=26), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_draft_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_draft")),
        sa.UniqueConstraint(
            "registration_id", "task", "row", name=op.f("uq_registration_draft_registration_id_task_row")
        ),
    )


def _closed(name: str, members: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*members, name=f"{name}_known", native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    op.drop_table("registration_draft")
    op.drop_index(op.f("ix_registration_state_unit_path"), table_name="registration")
    op.drop_table("registration")
