"""Identities at an OpenID provider that open an account, and codes that prove an account before one is linked."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0013"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_BEFORE = ("registration", "password", "email", "invitation")
_AFTER = (*_BEFORE, "sign_on")
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


def downgrade() -> None:
    op.execute("DELETE FROM single_use_link WHERE purpose = 'sign_on'")
    _know(_BEFORE)
    op.drop_table("linked_identity")


def _know(purposes: tuple[str, ...]) -> None:
    words = ", ".join(f"'{word}'" for word in purposes)
    with op.batch_alter_table("single_use_link") as batch:
        batch.drop_constraint(op.f(_KNOWN), type_="check")
        batch.create_check_constraint(op.f(_KNOWN), f"purpose IN ({words})")
