"""What curators decide: undoable changes, withheld shipped rows, local edits, and concepts of other catalogues.

Going back keeps every label; those from other catalogues count as added by an officer then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SHIPPED_AND_OFFICER = ("catalogue", "editorial", "officer")
OTHER_CATALOGUES = ("esco", "onet")
LABEL = sa.table("skill_label", sa.column("origin", sa.String))


def upgrade() -> None:
    _allow((*SHIPPED_AND_OFFICER, *OTHER_CATALOGUES))
    op.create_table(
        "external_concept",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column(
            "scheme",
            sa.Enum(
                "esco",
                "onet",
                name="externalscheme_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("uri", sa.String(length=500), nullable=False),
        sa.Column("label", sa.String(length=500), nullable=False),
        sa.Column("folded", sa.String(length=500), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "matched",
                "accepted",
                "refused",
                "ambiguous",
                "unmatched",
                name="externalstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state IN ('matched', 'accepted')) = (skill_id IS NOT NULL)",
            name=op.f("ck_external_concept_concept_when_matched"),
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_external_concept_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_concept")),
        sa.UniqueConstraint("public_id", name=op.f("uq_external_concept_public_id")),
        sa.UniqueConstraint("scheme", "code", name=op.f("uq_external_concept_scheme_code")),
    )
    with op.batch_alter_table("external_concept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_external_concept_folded"), ["folded"], unique=False)
        batch_op.create_index("ix_external_concept_scheme_state", ["scheme", "state", "folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_external_concept_skill_id"), ["skill_id"], unique=False)

    op.create_table(
        "withheld_label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_withheld_label_skill_id_skill"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withheld_label")),
        sa.UniqueConstraint("skill_id", "folded", name=op.f("uq_withheld_label_skill_id_folded")),
    )
    op.create_table(
        "withheld_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "broader",
                "related",
                name="relationkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["skill.id"], name=op.f("fk_withheld_relation_other_id_skill"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_withheld_relation_skill_id_skill"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withheld_relation")),
        sa.UniqueConstraint("skill_id", "other_id", name=op.f("uq_withheld_relation_skill_id_other_id")),
    )
    with op.batch_alter_table("withheld_relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withheld_relation_other_id"), ["other_id"], unique=False)

    op.create_table(
        "skill_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "concept_created",
                "concept_edited",
                "label_added",
                "label_removed",
                "relation_added",
                "relation_removed",
                "retired",
                "restored",
                "merged",
                "split",
                "term_labelled",
                "term_created",
                "term_ignored",
                "external_accepted",
                "external_refused",
                name="changekind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "done",
                "undone",
                name="changestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("pending_term_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'undone') = (undone_at IS NOT NULL)", name=op.f("ck_skill_change_undone_has_time")
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_skill_change_by_account")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_skill_change_job_id_job")),
        sa.ForeignKeyConstraint(["other_id"], ["skill.id"], name=op.f("fk_skill_change_other_id_skill")),
        sa.ForeignKeyConstraint(
            ["pending_term_id"],
            ["pending_term.id"],
            name=op.f("fk_skill_change_pending_term_id_pending_term"),
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_skill_change_skill_id_skill")),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["account.id"], name=op.f("fk_skill_change_undone_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_change")),
        sa.UniqueConstraint("public_id", name=op.f("uq_skill_change_public_id")),
    )
    with op.batch_alter_table("skill_change", schema=None) as batch_op:
        batch_op.create_index("ix_skill_change_by_at", ["by", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_skill_change_other_id"), ["other_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_skill_change_pending_term_id"), ["pending_term_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_skill_change_skill_id"), ["skill_id"], unique=False)

    op.create_table(
        "skill_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["skill_change.id"],
            name=op.f("fk_skill_placement_change_id_skill_change"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_placement")),
        sa.UniqueConstraint(
            "change_id", "place", "row_id", name=op.f("uq_skill_placement_change_id_place_row_id")
        ),
    )
    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_edited", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("skill_relation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_local", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.execute(LABEL.update().where(LABEL.c.origin.in_(OTHER_CATALOGUES)).values(origin="officer"))
    _allow(SHIPPED_AND_OFFICER)
    with op.batch_alter_table("skill_relation", schema=None) as batch_op:
        batch_op.drop_column("is_local")

    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.drop_column("is_edited")

    op.drop_table("skill_placement")
    with op.batch_alter_table("skill_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skill_change_skill_id"))
        batch_op.drop_index(batch_op.f("ix_skill_change_pending_term_id"))
        batch_op.drop_index(batch_op.f("ix_skill_change_other_id"))
        batch_op.drop_index("ix_skill_change_by_at")

    op.drop_table("skill_change")
    with op.batch_alter_table("withheld_relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withheld_relation_other_id"))

    op.drop_table("withheld_relation")
    op.drop_table("withheld_label")
    with op.batch_alter_table("external_concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_external_concept_skill_id"))
        batch_op.drop_index("ix_external_concept_scheme_state")
        batch_op.drop_index(batch_op.f("ix_external_concept_folded"))

    op.drop_table("external_concept")


def _allow(origins: tuple[str, ...]) -> None:
    with op.batch_alter_table("skill_label") as batch_op:
        batch_op.drop_constraint(op.f("ck_skill_label_labelorigin_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_skill_label_labelorigin_known"), sa.column("origin").in_(origins)
        )
