"""Where a redirect may lead when the address comes from outside: into this site only."""

import re

# One stroke, then neither a stroke nor a backslash (browsers read both as «another host»), no blanks, no
# control characters and no backslash anywhere.
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\x7f-\xa0\\\u2028\u2029]*")
_LONGEST = 2000


def local_path(wanted: str | None, otherwise: str) -> str:
    """The wanted path when it leads into this site, else the other one."""
    if wanted and len(wanted) <= _LONGEST and _LOCAL.fullmatch(wanted):
        return wanted
    return otherwise
