"""Why a backup cannot be written or restored. The words for people are the command's."""

from enum import StrEnum


class Why(StrEnum):
    """The reason; each says something else to whoever stands before it."""

    NOT_A_BACKUP = "not_a_backup"
    DAMAGED = "damaged"
    KEY_NEEDED = "key_needed"
    WRONG_KEY = "wrong_key"
    NEWER_FORMAT = "newer_format"
    OTHER_REVISION = "other_revision"
    OTHER_FIELD_KEYS = "other_field_keys"
    NOT_EMPTY = "not_empty"
    FILE_IN_THE_WAY = "file_in_the_way"
    NOT_EQUAL = "not_equal"
    NOT_FITTING = "not_fitting"
    NOT_UPGRADED = "not_upgraded"
    UNFIT_FILE_NAME = "unfit_file_name"
    EXISTS = "exists"
    NO_FOLDER = "no_folder"


class BackupRefused(Exception):
    """Nothing was written. `detail` names a member, a table or a version, never a value."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(why.value, detail)
        self.why = why
        self.detail = detail
