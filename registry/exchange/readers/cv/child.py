"""The child process that reads one CV: limits itself, then reads from standard input and prints one line of JSON.

{"refused": code}, or {"items": […]}. The file lies nowhere on a disk in the clear, and nothing of the child but this
line gets out: it may write no file, start no program and open no connection.
"""

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from registry.exchange.readers.cv.found import CvRefused
from registry.exchange.readers.cv.reading import read_items

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.system",
    "ctypes.",
    "shutil.",
)


def main() -> None:
    """Read the file on standard input, whose kind is the second argument."""
    limit_this_process()
    line = answer_to(sys.stdin.buffer.read(), sys.argv[2])
    sys.stdout.buffer.write(line.encode())


def limit_this_process() -> None:
    """Bound memory and processor time; no file is written, no program started, no connection opened."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def answer_to(content: bytes, kind: str) -> str:
    """What to print for this file."""
    try:
        return json.dumps({"items": [asdict(one) for one in read_items(content, kind)]}, ensure_ascii=False)
    except CvRefused as refused:
        return json.dumps({"refused": refused.code})
    except MemoryError:
        return json.dumps({"refused": "too_heavy"})


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Called by the interpreter before it acts; files are read when a module is loaded late, never written."""
    writes = (
        event == "open" and isinstance(arguments[1], str) and any(mark in arguments[1] for mark in "wax+")
    )
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(event)
