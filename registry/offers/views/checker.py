"""«Kiểm tra tôi có đủ không»: an anonymous check against everything published. Nothing of an answer is kept anywhere.

Before anything is answered all is «chưa biết»; what is not answered never speaks against anybody.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import public
from registry.needs.queries.post_facts import units_around
from registry.offers.forms.check import CheckForm
from registry.offers.queries.sheet import answers_to
from registry.offers.rules.asking import Wanted, most_asked
from registry.offers.rules.questions import joined, question_of
from registry.offers.views.blueprint import bp
from registry.people.rules import vocabulary
from registry.places.queries import gazetteer, province_names
from registry.policies.queries.ready import ReadyLaw
from registry.policies.rules import Applicability, Asked, Source, Version
from registry.policies.rules.applying import applicability
from registry.policies.rules.frozen import frozen_answer
from registry.policies.views.answered import ToldAnswer, page_law, told_answer
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language

MOST_FACTS = 7
"""With the place eight questions at most, as many as one phone screen after another bears."""


@bp.get("/chinh-sach/kiem-tra")
@public
def check() -> ResponseReturnValue:
    """The questions; of one policy when the address names it."""
    law, on = page_law(), today()
    versions = _versions(law, on)
    form = _form(law, versions)(formdata=None)
    return _page(form, _told(law, versions, {}, "", on), is_answered=False)


@bp.post("/chinh-sach/kiem-tra")
@public
def answer_check() -> ResponseReturnValue:
    """What the answers come to."""
    law, on = page_law(), today()
    versions = _versions(law, on)
    form = _form(law, versions)()
    if not form.validate():
        return _page(form, _told(law, versions, {}, "", on), is_answered=False), 422
    rows = form.rows(on)
    place = str(form["place"].data or "") if "place" in form else ""
    return _page(form, _told(law, versions, rows, place, on), is_answered=bool(rows or place))


def _versions(law: ReadyLaw, on: date) -> list[Version]:
    """What can be granted on a day somewhere; of one policy when the address names it. Raises NotVisible."""
    asked = Asked(applied_on=on, decided_on=on)
    found = [
        ready.version
        for _row, ready in law.versions
        if applicability(ready.version, ready.days, asked, None) is Applicability.YES
    ]
    code = request.args.get("chinh-sach")
    if code is None:
        return found
    found = [one for one in found if one.code == code]
    if not found:
        raise NotVisible
    return found


def _form(law: ReadyLaw, versions: Sequence[Version]) -> type[CheckForm]:
    is_of_one = "chinh-sach" in request.args
    sources = frozenset({Source.PERSON, Source.APPLICATION, Source.POST} if is_of_one else {Source.PERSON})
    facts = most_asked(versions, MOST_FACTS, sources)
    places = [] if is_of_one else [(one.path, one.full_name) for one in province_names(db_session())]
    return CheckForm.asking(facts, provinces=places, groups=_groups(), names=_names(law, facts))


def _groups() -> list[tuple[str, str]]:
    """Fields of study to choose from, by their names."""
    is_english = current_language() == "en"
    return [(one.code, one.en if is_english and one.en else one.vi) for one in vocabulary().field_groups]


def _names(law: ReadyLaw, facts: Sequence[Wanted]) -> dict[str, str]:
    return {code: law.words.code(one.fact, code) for one in facts for code in one.codes}


def _told(
    law: ReadyLaw, versions: Sequence[Version], rows: dict[str, Any], place: str, on: date
) -> dict[str, list[ToldAnswer]]:
    """The answers by state, those of the place alone when one was named."""
    places = gazetteer(db_session())
    unit = places.by_path(place) if place else None
    post = {} if unit is None else {"units": units_around(places, unit)}
    question = question_of(joined(rows, {}, post, {}, on))
    keys, ready = {one.key for one in versions}, dict(law.versions)
    told = [
        told_answer(frozen_answer(ready[row], one, law.words), law.words)
        for row, one in answers_to(law, question)
        if one.version in keys and one.applicable is Applicability.YES
    ]
    return {state: [one for one in told if one.state == state] for state in ("met", "unknown", "not_met")}


def _page(form: CheckForm, told: dict[str, list[ToldAnswer]], *, is_answered: bool) -> str:
    return render_template(
        "offers/check.html",
        form=form,
        told=told,
        is_answered=is_answered,
        of_one=request.args.get("chinh-sach"),
        on=today(),
    )
