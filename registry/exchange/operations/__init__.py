"""The verbs of imports: receive, map, check, commit, undo, discard. They flush; jobs, commands and views commit."""
