"""Running a reader in a child process that limits itself: the file goes in by a pipe, what it prints comes back."""

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Generator
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
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and a fixed program
            _command(module, arguments),
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ChildKilled from error
    _judge(done.returncode)
    return done.stdout


def lines_printed_by(
    module: str, content: bytes, *arguments: str, wall_seconds: float, most_silent: float | None = None
) -> Generator[bytes, None, None]:
    """The same line by line, as the child prints them: a reader that takes its time makes the child wait.

    `wall_seconds` is what may be spent waiting for the child in all, or with `most_silent` how long it may print nothing
    (its own limit of processor time bounds the whole). The child ends with the generator.
    """
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and a fixed program
        _command(module, arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    feeding = threading.Thread(target=_feed, args=(child, content), daemon=True)
    del content  # it goes once the child has it, however long its lines are read
    feeding.start()
    try:
        yield from _lines(child, wall_seconds, most_silent)
        _judge(child.wait(_ENDING_SECONDS))
    except subprocess.TimeoutExpired as error:
        raise ChildKilled from error
    finally:
        child.kill()
        child.wait()
        feeding.join()
        if child.stdout is not None:
            child.stdout.close()


_PIECE = 64 * 1024
_ENDING_SECONDS = 5.0


def _command(module: str, arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-I", "-c", _PROGRAM, _PACKAGES, *arguments, module]


def _feed(child: "subprocess.Popen[bytes]", content: bytes) -> None:
    assert child.stdin is not None  # noqa: S101 - it was asked for
    try:
        child.stdin.write(content)
        child.stdin.close()
    except OSError:  # the child has ended before it read everything, and says why itself
        return


def _lines(
    child: "subprocess.Popen[bytes]", wall_seconds: float, most_silent: float | None
) -> Generator[bytes, None, None]:
    assert child.stdout is not None  # noqa: S101 - it was asked for
    left, rest = most_silent or wall_seconds, b""
    while True:
        since = time.monotonic()
        ready, _, _ = select.select([child.stdout], [], [], max(0.0, left))
        left = left - (time.monotonic() - since) if most_silent is None else most_silent
        if not ready:
            raise ChildKilled
        piece = os.read(child.stdout.fileno(), _PIECE)
        if not piece:
            break
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _judge(code: int) -> None:
    if code < 0:
        raise ChildKilled
    if code:
        raise ChildFailed
