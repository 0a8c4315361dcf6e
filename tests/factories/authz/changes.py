"""Which rows a request changed, as the database itself counts them: not only what was seen to be sent to it."""

import re
from collections import Counter
from typing import Any

from sqlalchemy import Connection, event, text

_WRITING = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
MAY_CHANGE = frozenset(
    {
        *("audit_event", "audit_event_person", "audit_stream", "audit_event_unlisted"),
        *("account_session", "api_token"),
    }
)
"""What any request may write to: that it was refused, and that somebody is there."""
_CHANGED = text(
    "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del AS rows FROM pg_stat_xact_user_tables "
    "WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
)


class Changes:
    """Notes the tables that statements of a connection write to, and asks the database what it counted."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.rows: Counter[str] = Counter()
        self.before = 0
        self.before_by_table: dict[str, int] = {}
        event.listen(connection, "after_cursor_execute", self._note)

    def _note(self, _connection: Any, cursor: Any, statement: str, *_sent: Any) -> None:
        found = _WRITING.match(statement)
        if found:
            self.rows[found[1].lower()] += max(0, cursor.rowcount)

    def begin(self) -> None:
        """A question begins, in a transaction of its own."""
        self.rows.clear()
        self.before = self._counted()
        # What a transaction before this one wrote may not have been handed on yet and is counted as well.
        self.before_by_table = self._by_table()

    @property
    def tables(self) -> frozenset[str]:
        """What was written to since, be it without changing a row."""
        return frozenset(self.rows)

    def past(self) -> frozenset[str]:
        """What changed since beyond what may change always: tables (PostgreSQL) or how many rows more than were noted."""
        if self.connection.dialect.name == "postgresql":
            before, rows = self.before_by_table, self._by_table()
            changed = {name for name, count in rows.items() if count != before.get(name, 0)}
            return frozenset(changed - MAY_CHANGE)
        more = self._counted() - self.before - sum(self.rows[table] for table in MAY_CHANGE)
        return frozenset({f"{more} hàng"} if more else ())

    def _by_table(self) -> dict[str, int]:
        if self.connection.dialect.name != "postgresql":
            return {}
        return {str(name): int(rows) for name, rows in self.connection.execute(_CHANGED)}

    def _counted(self) -> int:
        """Every row this connection of SQLite ever changed: by triggers and cascades too."""
        driver: Any = self.connection.connection.driver_connection
        return int(getattr(driver, "total_changes", 0))
