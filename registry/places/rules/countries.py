"""Countries by what people call them, in Vietnamese or English, with or without marks."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.text import fold


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 alpha-2 code, names in both languages, other names."""

    code: str
    vi: str
    en: str
    aliases: tuple[str, ...] = ()

    def name(self, locale: str = "vi") -> str:
        return self.vi if locale == "vi" else self.en


class CountryIndex:
    """The countries by code and by name. Raises ValueError when two share a name."""

    def __init__(self, countries: Iterable[Country]) -> None:
        self.by_code = {country.code: country for country in countries}
        self._by_name: dict[str, Country] = {}
        for country in self.by_code.values():
            for name in {_key(text) for text in (country.vi, country.en, *country.aliases)}:
                if self._by_name.setdefault(name, country) is not country:
                    raise ValueError(f"two countries are called {name!r}")

    def resolve(self, text: str) -> Country | None:
        """The country of that code or name, «nước» before it or not; None when there is none.

        Two capital letters without marks are a code («AO» is Angola, «Áo» and «ao» are Austria).
        """
        if len(text) == _CODE_LENGTH and text.isascii() and text.isupper() and text in self.by_code:
            return self.by_code[text]
        key = _key(text)
        found = self._by_name.get(key) or self._by_name.get(key.removeprefix("nuoc"))
        return found or self.by_code.get(text.strip().upper())


_CODE_LENGTH = 2


def _key(text: str) -> str:
    return fold(text.replace(".", "").replace("'", "").replace("&", " va ")).replace(" ", "")
