"""What a set is of, under which licence, about which theme: closed lists. Pure (EX-08)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.people.rules.problems import N_


class DatasetKind(StrEnum):
    """Which table of the internal reports a set is built from."""

    INDICATORS = "indicators"
    TRAINING = "training"
    BREAKDOWN = "breakdown"
    SECTORS = "sectors"
    AREAS = "areas"


KIND_WORDS: Mapping[DatasetKind, str] = {
    DatasetKind.INDICATORS: N_("Chỉ tiêu của các chương trình"),
    DatasetKind.TRAINING: N_("Đào tạo, bồi dưỡng theo nhóm"),
    DatasetKind.BREAKDOWN: N_("Người học theo đặc điểm"),
    DatasetKind.SECTORS: N_("Cung cầu nhân lực theo lĩnh vực"),
    DatasetKind.AREAS: N_("Cung cầu nhân lực theo địa bàn"),
}
STOCKS = frozenset({DatasetKind.SECTORS, DatasetKind.AREAS})
"""What is counted as it stands on a day; the others are counted over a period."""


class Licence(StrEnum):
    """Under which terms everybody may use a set."""

    CC_BY = "cc-by-4.0"
    CC_BY_SA = "cc-by-sa-4.0"
    CC0 = "cc0-1.0"


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """The name of a licence and the address of its text."""

    name: str
    url: str


LICENCES: Mapping[Licence, LicenceFacts] = {
    Licence.CC_BY: LicenceFacts("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    Licence.CC_BY_SA: LicenceFacts("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    Licence.CC0: LicenceFacts("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}


class Theme(StrEnum):
    """What a set is about; the values are codes of the themes of DCAT application profiles."""

    POPULATION = "SOCI"
    EDUCATION = "EDUC"
    GOVERNMENT = "GOVE"
    ECONOMY = "ECON"


THEME_WORDS: Mapping[Theme, str] = {
    Theme.POPULATION: N_("Lao động, dân số và xã hội"),
    Theme.EDUCATION: N_("Giáo dục và đào tạo"),
    Theme.GOVERNMENT: N_("Quản lý nhà nước"),
    Theme.ECONOMY: N_("Kinh tế"),
}


def theme_url(theme: Theme) -> str:
    """The address of a theme in the list that catalogues share."""
    return f"http://publications.europa.eu/resource/authority/data-theme/{theme.value}"
