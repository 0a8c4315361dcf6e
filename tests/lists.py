"""Lists of tests that stand beside them: a file's path on a line of its own, then, set in, tests of that file."""

from pathlib import Path

HERE = Path(__file__).parent
LONGEST = HERE / "longest.txt"
ONE_DATABASE = HERE / "web" / "one_database.txt"


def by_file(listed: Path) -> dict[str, set[str]]:
    """Files, below the folder of the list → the tests named below each."""
    found: dict[str, set[str]] = {}
    file = ""
    for line in (line for line in listed.read_text("utf-8").splitlines() if line and line[0] != "#"):
        if line.startswith(" "):
            found[file].add(line.strip())
        else:
            file = line
            found[file] = set()
    return found
