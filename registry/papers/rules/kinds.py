"""The kinds of files, the sections of a CV, and how many rows of a ranking go on paper. Pure."""

from enum import StrEnum


class PaperFormat(StrEnum):
    """The kinds of files."""

    PDF = "pdf"
    WORD = "docx"


class CvSection(StrEnum):
    """A part of a CV, in the order of the paper."""

    ABOUT = "about"
    CONTACTS = "contacts"
    SUMMARY = "summary"
    SKILLS = "skills"
    CAREER = "career"
    EDUCATION = "education"
    LANGUAGES = "languages"
    ACHIEVEMENTS = "achievements"
    TIES = "ties"
    WISHES = "wishes"

    @property
    def says_who(self) -> bool:
        """Whether it stands only where the name may stand."""
        return self in _SAYING_WHO


_SAYING_WHO = frozenset({CvSection.ABOUT, CvSection.CONTACTS, CvSection.SUMMARY, CvSection.ACHIEVEMENTS})

RANKED_ROWS = (10, 20, 50, 100)
"""How many of a ranking may go on paper; a table with all of them is for the list that leaves as a workbook."""
