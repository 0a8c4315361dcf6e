"""Why somebody stands where they stand in a ranking that leaves as a file."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("export_person") as batch:
        batch.add_column(sa.Column("why", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("export_person") as batch:
        batch.alter_column("why", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("export_person") as batch:
        batch.drop_column("why")
