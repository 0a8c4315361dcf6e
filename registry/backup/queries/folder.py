"""Which files of the data directory belong to the registry: those in its folders, but for what lasts for hours or is made anew.

Files that lie in the directory itself are never taken: there are the keys, the database, the call of the worker and the
list of who was erased, which must not be as old as a backup.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from registry.backup.rules.manifest import ABOUT
from registry.backup.rules.refusals import BackupRefused, Why
from registry.backup.rules.sealed import MAGIC

LEFT_OUT = {
    "exports": "lists on their way out, with names, for hours; their rows are let go when a restored registry starts",
    "index": "made from the tables",
    "mail": "letters that went: with names and links in the clear, out of reach of whoever asks to be erased",
}
"""Folders that are not taken, and why. A folder that is not named here is."""

_MOST_KEY_BYTES = 64 * 1024


def kept_files(folder: Path, secrets: Sequence[str]) -> Iterator[Path]:
    """The files to take, in order. One that holds a key is not among them, nor is another backup, nor a link."""
    roots = sorted(path for path in folder.iterdir() if path.is_dir() and _is_kept(path))
    for root in roots:
        for path in sorted(root.rglob("*")):
            if (
                path.is_file()
                and not path.is_symlink()
                and not _is_unfinished(path)
                and not _is_apart(path, secrets)
            ):
                yield path


def _is_kept(path: Path) -> bool:
    return path.name not in LEFT_OUT and not path.name.startswith(".") and not path.is_symlink()


def _is_unfinished(path: Path) -> bool:
    """Left by a restoring that was killed."""
    return path.name.startswith(".") and path.name.endswith(".part")


def _is_apart(path: Path, secrets: Sequence[str]) -> bool:
    with path.open("rb") as stream:
        begin = stream.read(_MOST_KEY_BYTES)
    is_backup = begin.startswith(MAGIC) or (begin.startswith(b"PK") and ABOUT.encode() in begin[:64])
    return is_backup or any(secret and secret.encode() in begin for secret in secrets)


def relative_path(folder: Path, path: Path) -> str:
    """The path of a kept file as the manifest names it. Raises BackupRefused for a name that is no text."""
    relative = path.relative_to(folder).as_posix()
    try:
        relative.encode()
    except UnicodeEncodeError as wrong:
        raise BackupRefused(Why.UNFIT_FILE_NAME, ascii(relative)) from wrong
    return relative
