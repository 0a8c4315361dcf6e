"""Administrative units picked by their name, of today or from before July 2025; each keeps the day it is named for."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from registry.places.rules.answers import Candidate, PlaceAnswer
from registry.policies.rules.policy import EVERYWHERE
from registry.policies.rules.reading_rules import is_unit
from registry.text import TextRefused, clean
from registry.web.i18n import gettext as _

LAST_OLD_DAY, FIRST_NEW_DAY = date(2025, 6, 30), date(2025, 7, 1)
MOST_UNITS = 100
_LONGEST_NAME = 200
FORMER, PRESENT = "truoc", "nay"
Find = Callable[[str, date], PlaceAnswer]
Offered = list[tuple[str, str]]


class UnitBoxes(Field):
    """Units that are chosen, as boxes to tick, and a name to look for more by. `data` are «code@as_of», or «VN».

    The view says how names are looked up (`look_with`) before it validates. A name that means one unit is taken at once; of
    several the form comes back with boxes to choose from, and nothing that was chosen is lost.
    """

    data: list[str]
    name_typed: str = ""
    is_former: bool = False
    kept: Sequence[str] = ()
    offered: Sequence[tuple[str, str]] = ()
    may_be_everywhere: bool = False
    _say: Callable[[str], str] = str

    def look_with(self, find: Find, say: Callable[[str], str], *, everywhere: bool = False) -> None:
        """How names are looked up and units are said; what was typed came before this and is looked up now."""
        self._say, self.may_be_everywhere = say, everywhere
        if not self.name_typed:
            return
        try:
            name = clean(self.name_typed, limit=_LONGEST_NAME)
        except TextRefused:
            return
        answer = find(name, LAST_OLD_DAY if self.is_former else FIRST_NEW_DAY)
        found = [Candidate(answer.unit, answer.former)] if answer.unit is not None else answer.candidates
        self.offered = list(dict.fromkeys(self._named(one) for one in found))
        is_ticked = any(code in self.data for code, _words in self.offered)
        if answer.unit is not None and not is_ticked:
            self.data = [*self.data, self.offered[0][0]]
        if answer.unit is not None or is_ticked:
            self.name_typed = ""

    def _named(self, found: Candidate) -> tuple[str, str]:
        unit = found.former if self.is_former and found.former is not None else found.unit
        day = FIRST_NEW_DAY if unit.valid_to is None else unit.valid_to
        code = f"{unit.code}@{day.isoformat()}"
        return code, self._say(code)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Ticked boxes, which borders are meant, and whatever else is there as the name."""
        if not valuelist:
            return
        texts = [str(one) for one in valuelist[: MOST_UNITS + 10]]
        self.data = list(dict.fromkeys(one for one in texts if one == EVERYWHERE or is_unit(one)))
        self.is_former = FORMER in texts
        named = [one for one in texts if one not in (*self.data, FORMER, PRESENT) and one.strip()]
        self.name_typed = " ".join(named[0].split())[: _LONGEST_NAME + 1] if named else ""

    def process_data(self, value: Any) -> None:
        """What is stored."""
        self.data = list(value or ())
        self.kept = tuple(self.data)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - as WTForms calls it
        """A name that means several units is answered by ticking one."""
        if len(self.data) > MOST_UNITS:
            raise StopValidation(_("Chọn không quá %(most)d đơn vị", most=MOST_UNITS))
        if self.name_typed and self.offered:
            raise StopValidation(
                _("«%(name)s» có thể là nhiều nơi: đánh dấu nơi đúng ở dưới", name=self.name_typed[:60])
            )
        if self.name_typed:
            raise StopValidation(
                _(
                    "Không tìm thấy «%(name)s»: ghi tên đơn vị, thêm tỉnh nếu trùng tên",
                    name=self.name_typed[:60],
                )
            )

    @property
    def boxes(self) -> list[tuple[str, str, bool]]:
        """(code, words, is ticked) of what is chosen, what was stored, and what the name may mean."""
        codes = list(dict.fromkeys([*self.kept, *self.data]))
        found = [(one, self._words(one), one in self.data) for one in codes if one != EVERYWHERE]
        return [*found, *((code, words, False) for code, words in self.offered if code not in codes)]

    def _words(self, code: str) -> str:
        return _("cả nước") if code == EVERYWHERE else self._say(code)
