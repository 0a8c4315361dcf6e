"""Records that may be of one person, merges and what undoes them; who is to be looked at again."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_STATES = ("open", "different", "merged")


def upgrade() -> None:
    op.create_index(op.f("ix_person_birth_on"), "person", ["birth_on"])
    op.create_index(op.f("ix_person_merged_into_id"), "person", ["merged_into_id"])
    op.create_table(
        "duplicate_waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        _to_person("duplicate_waiting", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_waiting")),
        sa.UniqueConstraint("person_id", name=op.f("uq_duplicate_waiting_person_id")),
    )
    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Integer(), nullable=False),
        sa.Column("strength", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="pairstate_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_reasons", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_duplicate_pair_in_order")),
        sa.CheckConstraint("reasons > 0", name=op.f("ck_duplicate_pair_for_a_reason")),
        _to_person("duplicate_pair", "first_id"),
        _to_person("duplicate_pair", "second_id"),
        _to_account("duplicate_pair", "decided_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duplicate_pair_public_id")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_duplicate_pair_first_id_second_id")),
    )
    op.create_index(op.f("ix_duplicate_pair_second_id"), "duplicate_pair", ["second_id"])
    op.create_index(op.f("ix_duplicate_pair_state_strength"), "duplicate_pair", ["state", "strength"])
    op.create_table(
        "duplicate_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("survivor_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("undo_until", sa.Date(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("material_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("survivor_id <> merged_id", name=op.f("ck_duplicate_merge_of_two")),
        sa.CheckConstraint(
            "(undone_at IS NULL) OR (material_sealed IS NULL)", name=op.f("ck_duplicate_merge_undone_once")
        ),
        _to_person("duplicate_merge", "survivor_id"),
        _to_person("duplicate_merge", "merged_id"),
        _to_account("duplicate_merge", "merged_by_id"),
        _to_account("duplicate_merge", "undone_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_merge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duplicate_merge_public_id")),
    )
    op.create_index(op.f("ix_duplicate_merge_survivor_id"), "duplicate_merge", ["survivor_id"])
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_duplicate_merge_standing",
        "duplicate_merge",
        ["merged_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    # Everybody who is on record already is compared once, by the worker.
    op.execute("INSERT INTO duplicate_waiting (person_id, times) SELECT id, 1 FROM person ORDER BY id")


def _to_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}_person"), ondelete="CASCADE"
    )


def _to_account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=op.f(f"fk_{table}_{column}_account"))


def downgrade() -> None:
    op.drop_table("duplicate_merge")
    op.drop_table("duplicate_pair")
    op.drop_table("duplicate_waiting")
    op.drop_index(op.f("ix_person_merged_into_id"), table_name="person")
    op.drop_index(op.f("ix_person_birth_on"), table_name="person")
