"""Which lists leave, as which files, for which purposes. Pure."""

from enum import StrEnum

from registry.accounts.rules import Permission
from registry.consents.rules import PurposeCode


class ExportKind(StrEnum):
    """A list that may leave. All but the needs hold people."""

    PEOPLE = "people"
    NEEDS = "needs"
    RANKING = "ranking"
    SHORTLIST = "shortlist"
    SELECTION = "selection"

    @property
    def holds_people(self) -> bool:
        """Whether its rows are people."""
        return self is not ExportKind.NEEDS


class ExportList(StrEnum):
    """The lists as their columns know them: those of cadres, candidacies and money hold people like any
    other, in columns of their own.
    """

    PEOPLE = "people"
    NEEDS = "needs"
    RANKING = "ranking"
    SHORTLIST = "shortlist"
    SELECTION = "selection"
    CADRES = "cadres"
    CANDIDACIES = "candidacies"
    GRANTS = "grants"
    COMMITMENTS = "commitments"
    TRAINING = "training"

    @property
    def used_for(self) -> PurposeCode:
        """What its people must be open for: money given is accounted for also of whoever looks for no work any more."""
        return PurposeCode.REGISTRY if self in _KEPT_ANYHOW else PurposeCode.MATCHING

    @property
    def permission(self) -> Permission:
        """What whoever takes the file must be allowed, asked again whenever it is taken."""
        return _PERMISSIONS.get(self, Permission.PEOPLE_READ)


_PERMISSIONS = {
    ExportList.NEEDS: Permission.NEEDS_READ,
    ExportList.RANKING: Permission.MATCHING_READ,
    # It has numbers of identity papers, which the pages show to whoever may write the record.
    ExportList.CADRES: Permission.PEOPLE_WRITE,
    ExportList.CANDIDACIES: Permission.CANDIDACIES_DECIDE,
    ExportList.GRANTS: Permission.GRANTS_READ,
    ExportList.COMMITMENTS: Permission.GRANTS_READ,
    ExportList.TRAINING: Permission.TRAINING_READ,
}


_OF_MONEY = frozenset({ExportList.GRANTS, ExportList.COMMITMENTS})
# Who learned what with which result is accounted for, too.
_KEPT_ANYHOW = _OF_MONEY | {ExportList.TRAINING}
_OWN_COLUMNS = frozenset({ExportList.CADRES.value, ExportList.CANDIDACIES.value, *_KEPT_ANYHOW})


def list_of(kind: ExportKind, subject: str) -> ExportList:
    """The list of an export by what is kept of it; «cadres» and the like are no public ids."""
    if kind is ExportKind.PEOPLE and subject in _OWN_COLUMNS:
        return ExportList(subject)
    return ExportList(kind.value)


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
