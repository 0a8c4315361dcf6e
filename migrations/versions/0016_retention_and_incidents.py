"""How long data are kept and who was told, data given for one need, rows that were confirmed, and incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PURPOSES = (
    "registry",
    "matching",
    "contact",
    "policy_check",
    "campaigns",
    "other_provinces",
    "statistics",
)
POOL = "pool"
PURPOSE = sa.table("purpose", sa.column("id", sa.Integer), sa.column("code", sa.String))
NOTICE = sa.table("notice", sa.column("purpose_id", sa.Integer))
CONSENT = sa.table("consent", sa.column("purpose_id", sa.Integer))
REQUEST = sa.table("rights_request", sa.column("purpose", sa.String))


def _closed_list(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _allow(purposes: tuple[str, ...]) -> None:
    """The purposes that may stand in the tables that name one."""
    for table, column in (("purpose", "code"), ("rights_request", "purpose")):
        name = op.f(f"ck_{table}_purposecode_known")
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(name, type_="check")
            batch_op.create_check_constraint(name, sa.column(column).in_(purposes))


def upgrade() -> None:
    _allow((*PURPOSES, POOL))
    op.create_table(
        "confirmed_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["account.id"], name=op.f("fk_confirmed_row_confirmed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed_row")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_confirmed_row_fingerprint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_confirmed_row_public_id")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discovered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("limits_version", sa.String(length=40), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "happened_at <= discovered_at", name=op.f("ck_incident_happened_before_discovered")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_incident_recorded_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("code", name=op.f("uq_incident_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incident_public_id")),
    )
    op.create_index(op.f("ix_incident_discovered_at"), "incident", ["discovered_at"], unique=False)
    op.create_table(
        "given_for_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_given_for_need_need_id_need")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_given_for_need_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_given_for_need_recorded_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_for_need")),
        sa.UniqueConstraint("person_id", "need_id", name=op.f("uq_given_for_need_person_id_need_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_given_for_need_public_id")),
    )
    op.create_index(op.f("ix_given_for_need_need_id"), "given_for_need", ["need_id"], unique=False)
    op.create_table(
        "incident_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "found_by",
            _closed_list(
                "foundby_known",
                (
                    "log",
                    "hand",
                ),
            ),
            nullable=False,
        ),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incident.id"],
            name=op.f("fk_incident_person_incident_id_incident"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_incident_person_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_person")),
        sa.UniqueConstraint(
            "incident_id", "person_id", name=op.f("uq_incident_person_incident_id_person_id")
        ),
    )
    op.create_index(op.f("ix_incident_person_person_id"), "incident_person", ["person_id"], unique=False)
    op.create_table(
        "incident_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _closed_list(
                "incidentstepkind_known",
                (
                    "recorded",
                    "described",
                    "selected",
                    "added",
                    "removed",
                    "reported",
                    "told",
                    "closed",
                ),
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_incident_step_by_id_account")),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incident.id"],
            name=op.f("fk_incident_step_incident_id_incident"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_incident_step_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_step")),
    )
    op.create_index(op.f("ix_incident_step_incident_id"), "incident_step", ["incident_id"], unique=False)
    op.create_index(op.f("ix_incident_step_person_id"), "incident_step", ["person_id"], unique=False)
    op.create_table(
        "retention_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("rules_version", sa.String(length=40), nullable=False),
        sa.Column("is_rule_confirmed", sa.Boolean(), nullable=False),
        sa.Column("counted_from", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "reach",
            _closed_list(
                "noticereach_known",
                (
                    "letter",
                    "page",
                    "nobody",
                ),
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "outcome",
            _closed_list(
                "noticeoutcome_known",
                (
                    "waiting",
                    "kept",
                    "let_go",
                    "done",
                    "lapsed",
                ),
            ),
            nullable=False,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'waiting') = (settled_at IS NULL)",
            name=op.f("ck_retention_notice_settled_with_its_moment"),
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (account_id IS NULL)", name=op.f("ck_retention_notice_told_one")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_retention_notice_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_retention_notice_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_notice")),
        sa.UniqueConstraint("public_id", name=op.f("uq_retention_notice_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_retention_notice_token_hash")),
    )
    op.create_index(
        op.f("ix_retention_notice_account_id_rule"), "retention_notice", ["account_id", "rule"], unique=False
    )
    op.create_index(
        op.f("ix_retention_notice_outcome_gone_on"), "retention_notice", ["outcome", "gone_on"], unique=False
    )
    op.create_index(
        op.f("ix_retention_notice_person_id_rule"), "retention_notice", ["person_id", "rule"], unique=False
    )


def downgrade() -> None:
    for table in (
        "retention_notice",
        "incident_step",
        "incident_person",
        "incident",
        "given_for_need",
        "confirmed_row",
    ):
        op.drop_table(table)
    op.execute(REQUEST.update().where(REQUEST.c.purpose == POOL).values(purpose=None))
    pool = sa.select(PURPOSE.c.id).where(PURPOSE.c.code == POOL).scalar_subquery()
    for table in (CONSENT, NOTICE):
        op.execute(table.delete().where(table.c.purpose_id == pool))
    op.execute(PURPOSE.delete().where(PURPOSE.c.code == POOL))
    _allow(PURPOSES)
