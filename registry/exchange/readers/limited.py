"""Running a reader in a child process that limits itself: the file goes in by a pipe, what it prints comes back."""

import subprocess
import sys
from pathlib import Path

_PACKAGES = str(Path(__file__).resolve().parents[3])
_PROGRAM = (
    "import sys, importlib; sys.path.insert(0, sys.argv[1]); importlib.import_module(sys.argv[-1]).main()"
)


class ChildKilled(Exception):
    """The child took too long or was killed by its own limits: out of memory ends in an abort, too much work in SIGXCPU."""


class ChildFailed(Exception):
    """The child ended with a fault of its own."""


def printed_by(module: str, content: bytes, *arguments: str, wall_seconds: float) -> bytes:
    """What `main()` of a module of ours prints for this file. Raises ChildKilled, ChildFailed.

    The arguments stand behind the folder of the packages, from `sys.argv[2]` on. Blocks for at most `wall_seconds`.
    """
    command = [sys.executable, "-I", "-c", _PROGRAM, _PACKAGES, *arguments, module]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and a fixed program
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ChildKilled from error
    if done.returncode < 0:
        raise ChildKilled
    if done.returncode:
        raise ChildFailed
    return done.stdout
