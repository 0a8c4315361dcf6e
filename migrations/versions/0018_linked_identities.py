"""Identities at an OpenID provider that open an account, codes that prove an account first; ties to places are edited."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_BEFORE = ("registration", "password", "email", "invitation")
_AFTER = (*_BEFORE, "sign_on")
_WILLINGNESS = ("advise", "visit", "project", "return")
_KNOWN = "ck_single_use_link_linkpurpose_known"


def upgrade() -> None:
    op.create_table(
        "linked_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("subject_digest", sa.String(length=64), nullable=False),
        sa.Column("linked_at", _INSTANT, nullable=False),
        sa.Column("last_used_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_linked_identity_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_identity")),
        sa.UniqueConstraint(
            "issuer", "subject_digest", name=op.f("uq_linked_identity_issuer_subject_digest")
        ),
        sa.UniqueConstraint("account_id", "issuer", name=op.f("uq_linked_identity_account_id_issuer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_linked_identity_public_id")),
    )
    _know(_AFTER)
    _ties_are_edited()


def downgrade() -> None:
    with op.batch_alter_table("affinity") as batch:
        batch.drop_constraint(op.f("ck_affinity_willingness_known"), type_="check")
        for column in ("version", "updated_at", "created_at", "willingness", "place_text"):
            batch.drop_column(column)
    op.execute("DELETE FROM single_use_link WHERE purpose = 'sign_on'")
    _know(_BEFORE)
    op.drop_table("linked_identity")


def _ties_are_edited() -> None:
    with op.batch_alter_table("affinity") as batch:
        batch.add_column(sa.Column("place_text", sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("willingness", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("created_at", _INSTANT, nullable=True))
        batch.add_column(sa.Column("updated_at", _INSTANT, nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=True))
        words = ", ".join(f"'{word}'" for word in _WILLINGNESS)
        batch.create_check_constraint(op.f("ck_affinity_willingness_known"), f"willingness IN ({words})")
    op.execute(
        "UPDATE affinity SET place_text = '', created_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP,"
        " version = 1"
    )
    with op.batch_alter_table("affinity") as batch:
        for column in ("place_text", "created_at", "updated_at", "version"):
            batch.alter_column(column, nullable=False)


def _know(purposes: tuple[str, ...]) -> None:
    words = ", ".join(f"'{word}'" for word in purposes)
    with op.batch_alter_table("single_use_link") as batch:
        batch.drop_constraint(op.f(_KNOWN), type_="check")
        batch.create_check_constraint(op.f(_KNOWN), f"purpose IN ({words})")
