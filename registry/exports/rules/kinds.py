"""Which lists leave, as which files, for which purposes. Pure."""

from enum import StrEnum

from registry.accounts.rules import Permission


class ExportKind(StrEnum):
    """A list that may leave. All but the needs hold people."""

    PEOPLE = "people"
    NEEDS = "needs"
    RANKING = "ranking"
    SHORTLIST = "shortlist"
    SELECTION = "selection"

    @property
    def permission(self) -> Permission:
        """What whoever takes the file must be allowed, asked again whenever it is taken."""
        return _PERMISSIONS.get(self, Permission.PEOPLE_READ)

    @property
    def holds_people(self) -> bool:
        """Whether its rows are people."""
        return self is not ExportKind.NEEDS


_PERMISSIONS = {
    ExportKind.NEEDS: Permission.NEEDS_READ,
    ExportKind.RANKING: Permission.MATCHING_READ,
}


class ExportFormat(StrEnum):
    """The kinds of files."""

    XLSX = "xlsx"
    CSV = "csv"


class ExportPurpose(StrEnum):
    """What a file is for; words of one's own stand beside it."""

    PANEL = "panel"
    NEED = "need"
    REPORT = "report"
    PARTNER = "partner"
    CHECKING = "checking"
    OTHER = "other"
