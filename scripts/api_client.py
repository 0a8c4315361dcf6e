"""An example of a program that uses the API; nothing but the standard library.

    API_KEY=reg_… python scripts/api_client.py http://localhost:8000 needs
    API_KEY=reg_… python scripts/api_client.py http://localhost:8000 matches NEED_ID [--top 10]
    API_KEY=reg_… python scripts/api_client.py http://localhost:8000 follow [--mark FILE] [--seconds 60] [--once]

`follow` keeps its mark in a file and goes on from there: each line is «changed», «closed» or «gone», «person» or «need», and
the id; needs are told to keys that may read them. It waits as long as the registry says when it asked too often, and begins anew when its mark is too old.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen


class Refused(Exception):
    """The registry refused a request: the problem as it told it."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem.get('status')}: {problem.get('title')} {problem.get('detail', '')}")
        self.status = int(problem.get("status", 0))


class Registry:
    """The API at an address, asked with a key."""

    def __init__(self, address: str, key: str) -> None:
        if not address.startswith(("http://", "https://")):
            raise SystemExit("The address begins with https:// (or http:// on this machine)")
        self._base, self._key = f"{address.rstrip('/')}/api/v1", key

    def get(self, path: str, **asked: str | int | None) -> dict[str, Any]:
        """The answer to a GET; parameters that are None are left out. Waits once when told to. Raises Refused."""
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        headers = {"Authorization": f"Bearer {self._key}", "Accept-Language": "vi"}
        request = Request(f"{self._base}{path}?{query}" if query else f"{self._base}{path}", headers=headers)  # noqa: S310
        for may_wait in (True, False):
            try:
                with urlopen(request, timeout=60) as answer:  # noqa: S310
                    return json.load(answer)
            except HTTPError as error:
                wait = error.headers.get("Retry-After")
                if wait is None or not may_wait:
                    raise Refused(json.load(error)) from error
                time.sleep(int(wait))
        raise AssertionError

    def pages(self, path: str, items: str, **asked: str | int | None) -> Iterator[dict[str, Any]]:
        """All rows of a list, page after page."""
        mark: str | None = None
        while True:
            page = self.get(path, after=mark, **asked)
            yield from page[items]
            mark = page["next"]
            if mark is None:
                return


def show_needs(registry: Registry, _arguments: argparse.Namespace) -> None:
    """Every open need within the place of the key."""
    for need in registry.pages("/needs", "items", state="open"):
        print(f"{need['id']}  {need['code']:<12} {need['headcount']:>4}  {need['title']}")


def show_matches(registry: Registry, arguments: argparse.Namespace) -> None:
    """The first rows of the ranking of a need, with what each part gave."""
    rows = registry.pages(f"/needs/{quote(arguments.need, safe='')}/matches", "rows", limit=20)
    for row, _number in zip(rows, range(arguments.top), strict=False):
        parts = "  ".join(
            f"{part['name']} {part['points'] / 100:g}/{part['max'] / 100:g}" for part in row["parts"]
        )
        print(f"{row['rank']:>4}  {row['person']}  {row['score'] / 100:6.2f}  {row['state']:<8} {parts}")


def follow(registry: Registry, arguments: argparse.Namespace) -> None:
    """Print what changed and what is gone, from the mark in the file on; without a file from this moment on."""
    kept: Path = arguments.mark
    mark = kept.read_text("ascii").strip() if kept.exists() else None
    while True:
        try:
            page = registry.get("/changes", since=mark)
        except Refused as refused:
            if refused.status != 410:
                raise
            print("# the mark is too old: read the whole list again", file=sys.stderr)
            mark = None
            continue
        for one in page["items"]:
            print(f"{one['change']:<8} {one['kind']:<7} {one['id']}", flush=True)
        mark = page["next"]
        kept.write_text(f"{mark}\n", "ascii")
        if page["has_more"]:
            continue
        if arguments.once:
            return
        time.sleep(arguments.seconds)


def main() -> int:
    """0 when done, 1 when the registry refused."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", help="where the registry is served")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("needs").set_defaults(run=show_needs)
    matches = verbs.add_parser("matches")
    matches.add_argument("need", metavar="NEED_ID")
    matches.add_argument("--top", type=int, default=10)
    matches.set_defaults(run=show_matches)
    following = verbs.add_parser("follow")
    following.add_argument("--mark", type=Path, default=Path("api-mark.txt"))
    following.add_argument("--seconds", type=int, default=60)
    following.add_argument("--once", action="store_true", help="ask once and end")
    following.set_defaults(run=follow)
    arguments = parser.parse_args()
    key = os.environ.get("API_KEY", "")
    if not key:
        parser.error("put the key into API_KEY: on the command line others could read it")
    try:
        arguments.run(Registry(arguments.address, key), arguments)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
