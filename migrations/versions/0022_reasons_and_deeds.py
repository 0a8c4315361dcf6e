"""Why somebody stands where they stand in a ranking that leaves as a file; the DOI of a work; deeds in the journey."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None

_DEEDS = "thanh-tich"
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


def _allow(tasks: tuple[str, ...]) -> None:
    name = op.f("ck_registration_draft_task_known")
    with op.batch_alter_table("registration_draft") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, sa.column("task").in_(tasks))


def upgrade() -> None:
    op.add_column("export_person", sa.Column("why", sa.Text(), server_default="", nullable=False))
    op.add_column("achievement", sa.Column("doi", sa.String(length=200), server_default="", nullable=False))
    _allow((*_TASKS, _DEEDS))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM registration_draft WHERE task = :task").bindparams(task=_DEEDS))
    _allow(_TASKS)
    op.drop_column("achievement", "doi")
    op.drop_column("export_person", "why")
