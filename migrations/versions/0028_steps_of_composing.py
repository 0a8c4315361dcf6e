"""The last step of composing a draft can be taken back: what the draft said before it, and what was done."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("policy_version", sa.Column("before_step", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("policy_version", "before_step")
