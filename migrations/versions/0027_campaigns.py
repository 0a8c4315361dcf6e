"""Campaigns: goal, needs, policies and budget; segments, texts, channels, sendings; people reached and their letters."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "campaign_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_number")),
        sa.UniqueConstraint("year", name=op.f("uq_campaign_number_year")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("submission_key", sa.String(length=26), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_folded", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.String(length=500), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "running",
                "paused",
                "closed",
                "archived",
                name="campaignstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("per_hour", sa.Integer(), nullable=False),
        sa.Column("remind_after_days", sa.Integer(), nullable=False),
        sa.Column("link_days", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("put_forward_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'running'", name=op.f("ck_campaign_running_is_by_dates")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_campaign_ends_after_start")),
        sa.CheckConstraint("link_days BETWEEN 1 AND 365", name=op.f("ck_campaign_link_days_range")),
        sa.CheckConstraint("per_hour BETWEEN 1 AND 5000", name=op.f("ck_campaign_per_hour_range")),
        sa.CheckConstraint("remind_after_days BETWEEN 1 AND 90", name=op.f("ck_campaign_remind_after_range")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_campaign_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_campaign_owner_id_account")),
        sa.ForeignKeyConstraint(
            ["put_forward_by_id"], ["account.id"], name=op.f("fk_campaign_put_forward_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["administrative_unit.id"], name=op.f("fk_campaign_unit_id_administrative_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaign_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_campaign_submission_key")),
    )
    op.create_index(op.f("ix_campaign_organisation_path"), "campaign", ["organisation_path"], unique=False)
    op.create_index(op.f("ix_campaign_state"), "campaign", ["state"], unique=False)
    op.create_index(op.f("ix_campaign_unit_path"), "campaign", ["unit_path"], unique=False)
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("from_grants", sa.Boolean(), nullable=False),
        sa.Column("planned_vnd", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "planned_vnd BETWEEN 0 AND 1000000000000000", name=op.f("ck_budget_line_planned_range")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_budget_line_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint("public_id", name=op.f("uq_budget_line_public_id")),
    )
    op.create_index(op.f("ix_budget_line_campaign_id"), "budget_line", ["campaign_id"], unique=False)
    op.create_table(
        "campaign_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "letter",
                "referrer",
                "association",
                "university",
                "event",
                "poster",
                "social",
                name="channelkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_channel_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_channel")),
        sa.UniqueConstraint("campaign_id", "name", name=op.f("uq_campaign_channel_campaign_id_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaign_channel_public_id")),
    )
    op.create_table(
        "campaign_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(length=200), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people >= 1", name=op.f("ck_campaign_goal_people_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_goal_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_goal")),
    )
    op.create_index(op.f("ix_campaign_goal_campaign_id"), "campaign_goal", ["campaign_id"], unique=False)
    op.create_table(
        "campaign_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "invitation",
                "reminder_1",
                "reminder_2",
                name="messagestep_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_campaign_message_language_known")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_campaign_message_by_id_account")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_message_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_message")),
        sa.UniqueConstraint(
            "campaign_id",
            "step",
            "language",
            "number",
            name=op.f("uq_campaign_message_campaign_id_step_language_number"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaign_message_public_id")),
    )
    op.create_table(
        "campaign_milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.CheckConstraint("people >= 0", name=op.f("ck_campaign_milestone_people_not_negative")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_milestone_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_milestone")),
    )
    op.create_index(
        op.f("ix_campaign_milestone_campaign_id"), "campaign_milestone", ["campaign_id"], unique=False
    )
    op.create_table(
        "campaign_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_need_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_campaign_need_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_need")),
        sa.UniqueConstraint("campaign_id", "need_id", name=op.f("uq_campaign_need_campaign_id_need_id")),
    )
    op.create_index(op.f("ix_campaign_need_need_id"), "campaign_need", ["need_id"], unique=False)
    op.create_table(
        "campaign_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_policy_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_campaign_policy_policy_id_policy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_policy")),
        sa.UniqueConstraint(
            "campaign_id", "policy_id", name=op.f("uq_campaign_policy_campaign_id_policy_id")
        ),
    )
    op.create_table(
        "campaign_segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("added_at", _INSTANT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_campaign_segment_by_id_account")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_segment_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_segment")),
        sa.UniqueConstraint("campaign_id", "address", name=op.f("uq_campaign_segment_campaign_id_address")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaign_segment_public_id")),
    )
    op.create_table(
        "campaign_transition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "running",
                "paused",
                "closed",
                "archived",
                name="campaignstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_campaign_transition_by_id_account")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_transition_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_transition")),
    )
    op.create_index(
        op.f("ix_campaign_transition_campaign_id"), "campaign_transition", ["campaign_id"], unique=False
    )
    op.create_table(
        "budget_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "committed",
                "paid",
                name="entrykind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("entered_at", _INSTANT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "amount_vnd BETWEEN -1000000000000000 AND 1000000000000000",
            name=op.f("ck_budget_entry_amount_range"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_budget_entry_by_id_account")),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["budget_line.id"],
            name=op.f("fk_budget_entry_line_id_budget_line"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_entry")),
        sa.UniqueConstraint("public_id", name=op.f("uq_budget_entry_public_id")),
    )
    op.create_index(op.f("ix_budget_entry_line_id"), "budget_entry", ["line_id"], unique=False)
    op.create_table(
        "campaign_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("reached_at", _INSTANT, nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=True),
        sa.Column("answered_at", _INSTANT, nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "interested",
                "not_now",
                "stop",
                name="answer_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_campaign_member_answer_with_its_moment")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_member_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["campaign_channel.id"],
            name=op.f("fk_campaign_member_channel_id_campaign_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_campaign_member_need_id_need"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_campaign_member_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_member")),
        sa.UniqueConstraint(
            "campaign_id", "person_id", name=op.f("uq_campaign_member_campaign_id_person_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaign_member_public_id")),
    )
    op.create_index(op.f("ix_campaign_member_channel_id"), "campaign_member", ["channel_id"], unique=False)
    op.create_index(op.f("ix_campaign_member_person_id"), "campaign_member", ["person_id"], unique=False)
    op.create_table(
        "campaign_sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "invitation",
                "reminder_1",
                "reminder_2",
                name="messagestep_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("per_hour", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "done",
                "cancelled",
                name="sendingstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("next_at", _INSTANT, nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("queued", sa.Integer(), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("per_hour BETWEEN 1 AND 5000", name=op.f("ck_campaign_sending_per_hour_range")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_campaign_sending_by_id_account")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_sending_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["campaign_channel.id"],
            name=op.f("fk_campaign_sending_channel_id_campaign_channel"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_sending")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaign_sending_public_id")),
    )
    op.create_index(
        op.f("ix_campaign_sending_campaign_id"), "campaign_sending", ["campaign_id"], unique=False
    )
    op.create_index(
        op.f("ix_campaign_sending_state_next_at"), "campaign_sending", ["state", "next_at"], unique=False
    )
    op.create_table(
        "campaign_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("sending_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "invitation",
                "reminder_1",
                "reminder_2",
                name="messagestep_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("queued_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=True),
        sa.Column("answered_at", _INSTANT, nullable=True),
        sa.Column("revoked_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["campaign_member.id"],
            name=op.f("fk_campaign_letter_member_id_campaign_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["campaign_message.id"],
            name=op.f("fk_campaign_letter_message_id_campaign_message"),
        ),
        sa.ForeignKeyConstraint(
            ["sending_id"],
            ["campaign_sending.id"],
            name=op.f("fk_campaign_letter_sending_id_campaign_sending"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_letter")),
        sa.UniqueConstraint("member_id", "step", name=op.f("uq_campaign_letter_member_id_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaign_letter_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_campaign_letter_token_hash")),
    )
    op.create_index(op.f("ix_campaign_letter_message_id"), "campaign_letter", ["message_id"], unique=False)
    op.create_index(
        op.f("ix_campaign_letter_sending_id_queued_at"),
        "campaign_letter",
        ["sending_id", "queued_at"],
        unique=False,
    )
    op.create_table(
        "outreach_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "phone",
                "letter",
                "meeting",
                "message",
                name="outreachway_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("role", sa.String(length=500), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("noted_at", _INSTANT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_outreach_attempt_by_id_account")),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["campaign_member.id"],
            name=op.f("fk_outreach_attempt_member_id_campaign_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_attempt")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outreach_attempt_public_id")),
    )
    op.create_index(op.f("ix_outreach_attempt_member_id"), "outreach_attempt", ["member_id"], unique=False)
    op.create_index(op.f("ix_outreach_attempt_next_on"), "outreach_attempt", ["next_on"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_outreach_attempt_next_on"), table_name="outreach_attempt")
    op.drop_index(op.f("ix_outreach_attempt_member_id"), table_name="outreach_attempt")
    op.drop_table("outreach_attempt")
    op.drop_index(op.f("ix_campaign_letter_sending_id_queued_at"), table_name="campaign_letter")
    op.drop_index(op.f("ix_campaign_letter_message_id"), table_name="campaign_letter")
    op.drop_table("campaign_letter")
    op.drop_index(op.f("ix_campaign_sending_state_next_at"), table_name="campaign_sending")
    op.drop_index(op.f("ix_campaign_sending_campaign_id"), table_name="campaign_sending")
    op.drop_table("campaign_sending")
    op.drop_index(op.f("ix_campaign_member_person_id"), table_name="campaign_member")
    op.drop_index(op.f("ix_campaign_member_channel_id"), table_name="campaign_member")
    op.drop_table("campaign_member")
    op.drop_index(op.f("ix_budget_entry_line_id"), table_name="budget_entry")
    op.drop_table("budget_entry")
    op.drop_index(op.f("ix_campaign_transition_campaign_id"), table_name="campaign_transition")
    op.drop_table("campaign_transition")
    op.drop_table("campaign_segment")
    op.drop_table("campaign_policy")
    op.drop_index(op.f("ix_campaign_need_need_id"), table_name="campaign_need")
    op.drop_table("campaign_need")
    op.drop_index(op.f("ix_campaign_milestone_campaign_id"), table_name="campaign_milestone")
    op.drop_table("campaign_milestone")
    op.drop_table("campaign_message")
    op.drop_index(op.f("ix_campaign_goal_campaign_id"), table_name="campaign_goal")
    op.drop_table("campaign_goal")
    op.drop_table("campaign_channel")
    op.drop_index(op.f("ix_budget_line_campaign_id"), table_name="budget_line")
    op.drop_table("budget_line")
    op.drop_index(op.f("ix_campaign_unit_path"), table_name="campaign")
    op.drop_index(op.f("ix_campaign_state"), table_name="campaign")
    op.drop_index(op.f("ix_campaign_organisation_path"), table_name="campaign")
    op.drop_table("campaign")
    op.drop_table("campaign_number")
