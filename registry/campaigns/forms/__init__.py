"""The forms of campaigns: shape and words, no database."""
