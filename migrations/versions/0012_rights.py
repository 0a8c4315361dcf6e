"""Requests about one's own data with two clocks, uses that are closed, and who was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KINDS = ("access", "correction", "withdrawal", "restriction", "objection", "erasure")
PURPOSES = (
    "registry",
    "matching",
    "contact",
    "policy_check",
    "campaigns",
    "other_provinces",
    "statistics",
)
STATES = ("received", "answered", "done", "refused")
CHANNELS = ("screen", "paper", "phone")
CHECKS = ("account", "document_seen", "signature", "called_back")
STEPS = ("received", "applied", "answered", "extended", "done", "refused", "lifted")


def _closed_list(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.add_column(
        "person", sa.Column("closed_purposes", sa.SmallInteger(), server_default="0", nullable=False)
    )
    op.create_table(
        "rights_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", _closed_list("rightkind_known", KINDS), nullable=False),
        sa.Column("purpose", _closed_list("purposecode_known", PURPOSES), nullable=True),
        sa.Column("state", _closed_list("requeststate_known", STATES), nullable=False),
        sa.Column("channel", _closed_list("channel_known", CHANNELS), nullable=False),
        sa.Column("identity_check", _closed_list("identitycheck_known", CHECKS), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_third_party", sa.Boolean(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("done_due_on", sa.Date(), nullable=False),
        sa.Column("limits_version", sa.String(length=40), nullable=False),
        sa.Column("calendar_version", sa.String(length=40), nullable=False),
        sa.Column("is_limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended_days", sa.SmallInteger(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "extended_days IS NULL OR extended_days > 0",
            name=op.f("ck_rights_request_extended_by_something"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_rights_request_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_rights_request_recorded_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rights_request_public_id")),
    )
    op.create_index(
        op.f("ix_rights_request_person_id_received_at"), "rights_request", ["person_id", "received_at"]
    )
    op.create_index(
        op.f("ix_rights_request_state_answer_due_on"), "rights_request", ["state", "answer_due_on"]
    )
    op.create_table(
        "rights_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", _closed_list("stepkind_known", STEPS), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_rights_step_by_id_account")),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_step_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_step")),
    )
    op.create_index(op.f("ix_rights_step_request_id"), "rights_step", ["request_id"])
    op.create_table(
        "erased_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_person")),
        sa.UniqueConstraint("person", name=op.f("uq_erased_person_person")),
    )


def downgrade() -> None:
    op.drop_table("erased_person")
    op.drop_table("rights_step")
    op.drop_table("rights_request")
    op.drop_column("person", "closed_purposes")
