"""Interest in needs, requests to know a name, and conversations of people with units."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column(
            "begun_by",
            sa.Enum(
                "person", "unit", name="side_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_conversation_need_id_need"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_conversation_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("person_id", "need_id", name=op.f("uq_conversation_person_id_need_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_conversation_public_id")),
    )
    op.create_index(op.f("ix_conversation_need_id"), "conversation", ["need_id"], unique=False)
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_interest_need_id_need"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_interest_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interest_public_id")),
    )
    op.create_index(op.f("ix_interest_need_id"), "interest", ["need_id"], unique=False)
    op.create_index(op.f("ix_interest_person_id"), "interest", ["person_id"], unique=False)
    op.create_index(
        "uq_interest_standing",
        "interest",
        ["person_id", "need_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "reveal_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limits_version", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "granted",
                "refused",
                "expired",
                "closed",
                "withdrawn",
                "cancelled",
                name="revealstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state IN ('asked', 'granted')) = (ended_at IS NULL)",
            name=op.f("ck_reveal_request_ended_with_its_moment"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('granted', 'withdrawn') OR granted_at IS NOT NULL",
            name=op.f("ck_reveal_request_granted_with_its_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_reveal_request_asked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_reveal_request_need_id_need"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reveal_request_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reveal_request_public_id")),
    )
    op.create_index(
        op.f("ix_reveal_request_asked_by_id_asked_at"),
        "reveal_request",
        ["asked_by_id", "asked_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reveal_request_need_id_state"), "reveal_request", ["need_id", "state"], unique=False
    )
    op.create_index(op.f("ix_reveal_request_person_id"), "reveal_request", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_reveal_request_state_due_on"), "reveal_request", ["state", "due_on"], unique=False
    )
    op.create_index(
        "uq_reveal_request_live",
        "reveal_request",
        ["person_id", "need_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('asked', 'granted')"),
        postgresql_where=sa.text("state IN ('asked', 'granted')"),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "person", "unit", name="side_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(side = 'unit') = (by_id IS NOT NULL)", name=op.f("ck_message_officer_for_unit")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_message_by_id_account")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_message_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("public_id", name=op.f("uq_message_public_id")),
    )
    op.create_index(op.f("ix_message_conversation_id_id"), "message", ["conversation_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_message_conversation_id_id"), table_name="message")
    op.drop_table("message")
    op.drop_index(
        "uq_reveal_request_live",
        table_name="reveal_request",
        sqlite_where=sa.text("state IN ('asked', 'granted')"),
        postgresql_where=sa.text("state IN ('asked', 'granted')"),
    )
    op.drop_index(op.f("ix_reveal_request_state_due_on"), table_name="reveal_request")
    op.drop_index(op.f("ix_reveal_request_person_id"), table_name="reveal_request")
    op.drop_index(op.f("ix_reveal_request_need_id_state"), table_name="reveal_request")
    op.drop_index(op.f("ix_reveal_request_asked_by_id_asked_at"), table_name="reveal_request")
    op.drop_table("reveal_request")
    op.drop_index(
        "uq_interest_standing",
        table_name="interest",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index(op.f("ix_interest_person_id"), table_name="interest")
    op.drop_index(op.f("ix_interest_need_id"), table_name="interest")
    op.drop_table("interest")
    op.drop_index(op.f("ix_conversation_need_id"), table_name="conversation")
    op.drop_table("conversation")
