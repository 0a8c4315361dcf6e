"""Why somebody stands where they stand in a ranking that leaves as a file; the DOI of a work; deeds in the journey;
changes of needs under the number of those of people.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
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
    op.create_table(
        "need_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_change")),
        sa.UniqueConstraint(
            "public_id",
            "unit_path",
            "organisation_path",
            name=op.f("uq_need_change_public_id_unit_path_organisation_path"),
        ),
    )
    op.create_index(op.f("ix_need_change_n"), "need_change", ["n"])


def downgrade() -> None:
    op.drop_table("need_change")
    op.execute(sa.text("DELETE FROM registration_draft WHERE task = :task").bindparams(task=_DEEDS))
    _allow(_TASKS)
    op.drop_column("achievement", "doi")
    op.drop_column("export_person", "why")
