"""The console script `registry`: one file a noun. Commands call operations and commit; they hold no rule.

Exit 0 done, 1 refused or errors found, 2 usage. With --json only JSON on stdout; words go to stderr.
No names or contacts of people in any output.
"""

from registry.cli.main import main

__all__ = ["main"]
