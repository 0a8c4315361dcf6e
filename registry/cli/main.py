"""Builds the parser from the commands and runs the chosen one."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import OperationalError, ProgrammingError

from registry.cli.context import CommandRefused
from registry.config import Misconfigured

# Command → file beside this one. A command loads only its own file: most rooms are not needed to answer
# one question, and loading all of them takes longer than the answer.
COMMANDS = {
    "upgrade": "database",
    "demo": "demo",
    "accounts": "accounts",
    "people": "people",
    "skills": "skills",
    "needs": "needs",
    "match": "match",
    "score": "match",
    "match-all": "match_all",
    "index": "index",
    "indicators": "indicators",
    "import": "imports",
    "serve": "serving",
    "worker": "worker",
    "mail": "mail",
    "policies": "policies",
    "privacy": "privacy",
    "audit": "audit",
    "backup": "backup",
    "restore": "backup",
}


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """The parser of one command, or of all when none is known yet (help, a mistake)."""
    parser = argparse.ArgumentParser(
        prog="registry", description="Sổ đăng ký nhân tài và nhân lực chất lượng cao"
    )
    commands: Any = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    files = [COMMANDS[command]] if command in COMMANDS else list(dict.fromkeys(COMMANDS.values()))
    for file in files:
        importlib.import_module(f"registry.cli.{file}").add_parser(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.umask(0o077)  # what a command writes (database, keys, exports of people) is for its owner only
    given = list(sys.argv[1:] if argv is None else argv)
    arguments = build_parser(given[0] if given else None).parse_args(given)
    try:
        return int(arguments.run(arguments))
    except (CommandRefused, Misconfigured) as refused:
        print(str(refused), file=sys.stderr)
        return 1
    except (OperationalError, ProgrammingError) as error:
        # Nearly always a database nobody upgraded yet; the statement itself may hold personal values.
        print(
            f"Cơ sở dữ liệu chưa dùng được ({type(error.orig).__name__}). Chạy: registry upgrade",
            file=sys.stderr,
        )
        return 1
    except BrokenPipeError:
        # The reader of a pipe left (`registry … | head`): nothing is wrong, but stdout is unusable now.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
