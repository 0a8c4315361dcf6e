"""Five more sectors of skills: business, crafts, services, sport, security.

Going back puts the concepts of a sector that ends under the sector nearest to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = (
    "it",
    "health",
    "agriculture",
    "aquaculture",
    "tourism",
    "law",
    "public_admin",
    "engineering",
    "education",
    "environment",
    "finance",
    "language",
    "construction",
    "logistics",
    "energy",
    "culture",
    "science",
    "social",
    "soft_skill",
)
ADDED = {
    "business": "finance",
    "craft": "culture",
    "services": "tourism",
    "sport": "culture",
    "security": "public_admin",
}
SKILL = sa.table("skill", sa.column("sector", sa.String))


def upgrade() -> None:
    _allow((*BEFORE, *ADDED))


def downgrade() -> None:
    for sector, nearest in ADDED.items():
        op.execute(SKILL.update().where(SKILL.c.sector == sector).values(sector=nearest))
    _allow(BEFORE)


def _allow(sectors: tuple[str, ...]) -> None:
    with op.batch_alter_table("skill") as batch_op:
        batch_op.drop_constraint(op.f("ck_skill_sector_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_skill_sector_known"), sa.column("sector").in_(sectors))
