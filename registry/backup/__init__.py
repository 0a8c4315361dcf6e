"""The whole registry in one file, and back again: on another machine, on the other database. Knows no table by name.

A backup file is a ZIP that anybody can open (or that ZIP sealed, see `rules.sealed`):

    registry-backup.txt       what this file is and how it is restored
    tables/<table>.jsonl      one row a line, by id; the form of the values is in `rules.values`
    files/<path>              what folders of the data directory hold
    manifest.json             format, versions, when, fingerprints of the field keys; rows and SHA-256 of all above
    seal.json                 HMAC of manifest.json under the field keys: who cannot know them cannot forge a backup

Everything belongs to one moment: the tables are read in one snapshot, while others go on writing. Keys are never in it.
"""
