"""The full text of profiles, and what finds words in it fast. The texts themselves are filled in afterwards.

SQLite gets a full-text table that follows by triggers, PostgreSQL two indexes over the words as arrays. Neither knows
any language: a token is what stands between blanks.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SORT_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

INDEX = (
    "CREATE VIRTUAL TABLE person_text_words USING fts5(open_words, closed_words, content='person_text',"
    " content_rowid='id', tokenize=\"unicode61 remove_diacritics 0 tokenchars '+#.&/,'\")"
)
ADD = "INSERT INTO person_text_words(rowid, open_words, closed_words) VALUES (new.id, new.open_words, new.closed_words);"
TAKE_OUT = (
    "INSERT INTO person_text_words(person_text_words, rowid, open_words, closed_words)"
    " VALUES ('delete', old.id, old.open_words, old.closed_words);"
)
TRIGGERS = {
    "person_text_added": f"AFTER INSERT ON person_text BEGIN {ADD} END",
    "person_text_gone": f"AFTER DELETE ON person_text BEGIN {TAKE_OUT} END",
    "person_text_changed": f"AFTER UPDATE ON person_text BEGIN {TAKE_OUT} {ADD} END",
}
# Without this, words of somebody who is gone lie about in the index until it is next merged.
TAKES_OUT_FOR_GOOD = "INSERT INTO person_text_words(person_text_words, rank) VALUES ('secure-delete', 1)"
CAN_TAKE_OUT_FOR_GOOD = (3, 42, 0)

# Dear, so that the planner never takes all texts apart for a word that most of them hold: the index knows it.
TOKENS = (
    "CREATE FUNCTION person_text_tokens(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE"
    " COST 1000 AS $$ BEGIN RETURN string_to_array(words, ' '); END $$"
)
ALL_WORDS = "person_text_tokens(open_words || closed_words)"
OPEN_WORDS = "person_text_tokens(open_words)"


def upgrade() -> None:
    op.create_table(
        "person_text",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("open_words", SORT_TEXT, nullable=False),
        sa.Column("closed_words", SORT_TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["person.id"], name=op.f("fk_person_text_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_text")),
    )
    dialect = op.get_context().dialect
    if dialect.name == "sqlite":
        op.execute(INDEX)
        for name, trigger in TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {trigger}")
        version: tuple[int, ...] = dialect.server_version_info or ()
        if version >= CAN_TAKE_OUT_FOR_GOOD:
            op.execute(TAKES_OUT_FOR_GOOD)
    else:
        op.execute(TOKENS)
        op.execute(f"CREATE INDEX ix_person_text_all_words ON person_text USING gin ({ALL_WORDS})")
        op.execute(f"CREATE INDEX ix_person_text_open_words ON person_text USING gin ({OPEN_WORDS})")


def downgrade() -> None:
    is_sqlite = op.get_context().dialect.name == "sqlite"
    if is_sqlite:
        op.execute("DROP TABLE person_text_words")
    op.drop_table("person_text")
    if not is_sqlite:
        op.execute("DROP FUNCTION person_text_tokens(text)")
