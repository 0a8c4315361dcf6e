"""Builds the parser from the nouns and runs the chosen command."""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from registry.cli.context import CommandRefused
from registry.config import Misconfigured


def _nouns() -> Iterator[ModuleType]:
    """The files beside this one that add commands, by name."""
    for found in pkgutil.iter_modules([str(Path(__file__).parent)], "registry.cli."):
        module = importlib.import_module(found.name)
        if hasattr(module, "add_parser"):
            yield module


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; each noun adds its own and sets `run`."""
    parser = argparse.ArgumentParser(
        prog="registry", description="Sổ đăng ký nhân tài và nhân lực chất lượng cao"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for noun in _nouns():
        noun.add_parser(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except (CommandRefused, Misconfigured) as refused:
        print(str(refused), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of a pipe left (`registry … | head`): nothing is wrong, but stdout is unusable now.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
