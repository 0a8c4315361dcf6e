"""The page of skills: cards with levels, questions where a word is unsure, and a place to type more."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.people import operations
from registry.people.forms.fields import refuse
from registry.people.operations import AlreadyClaimed, EditedMeanwhile
from registry.registrations.forms import HEADING, TASK, SkillsForm
from registry.registrations.queries import Values
from registry.registrations.rules import Task, TaskState, typed_skills
from registry.registrations.views.answers import Drafts, Entry
from registry.registrations.views.blueprint import bp
from registry.registrations.views.cards import (
    MOST_CARDS,
    Card,
    Shown,
    cards_in,
    check,
    cleaned,
    show,
    values_of,
    with_new,
)
from registry.registrations.views.claimed import Claimed
from registry.registrations.views.conflicts import conflict_page
from registry.registrations.views.own import Own, open_own
from registry.registrations.views.tasks import (
    AUTOSAVE,
    CHECK,
    LATER,
    is_own_save,
    next_address,
    refused_fragment,
    saved_fragment,
)
from registry.registrations.views.telling import steps_of
from registry.skills.rules import ANCHORS, LevelScale
from registry.text import fold
from registry.web.edits import Changed, row
from registry.web.i18n import gettext as _

_ADD = "add"
_LONGEST = 200


@bp.route("/dang-ky/ky-nang", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def skills() -> ResponseReturnValue:
    """Skills as one's own words say them."""
    own = open_own(Task.SKILLS)
    stored = _stored(own)
    if request.method != "POST":
        cards = [] if stored is None else cards_in(stored.values or {})
        shown = show(own.session, cards)
        if stored is not None and stored.state is TaskState.NEEDS_FIX:
            check(shown)
        more = "" if stored is None else (stored.values or {}).get("more", [""])[0]
        return _page(own, shown, more, stored)
    return _save(own, stored)


def _stored(own: Own) -> Entry | None:
    if own.person is None:
        kept = next(iter(Drafts(own).kept(Task.SKILLS)), None)
        if kept is None:
            return None
        return Entry(
            "", str(kept.version), kept.state, None, kept.saved_at, kept.sign_in, kept.device, kept.values
        )
    return Claimed(own, own.person).entry()


def _save(own: Own, stored: Entry | None) -> ResponseReturnValue:
    sent: Values = request.form.to_dict(flat=False)
    mine, then = cards_in(sent), request.form.get("then")
    more = (sent.get("more") or [""])[0]
    theirs = [] if stored is None else cards_in(stored.values or {})
    if (
        stored is not None
        and request.form.get("version", "") != stored.version
        and not is_own_save(own, stored)
    ):
        if then == AUTOSAVE:
            return refused_fragment(request.form)
        return _both(own, mine, theirs, stored)
    cards = _chosen(mine, theirs)
    if then == AUTOSAVE:
        return saved_fragment(own, _keep(own, stored, cards, more, TaskState.IN_PROGRESS), None)
    new, too_long = _typed(more)
    cards = with_new(own.session, cards, new)
    shown = show(own.session, cards)
    is_right = check(shown) and not too_long
    if own.person is not None:
        return _record(own, shown, is_right and not (new and _asked(shown)), then, too_long)
    state = TaskState.DONE if is_right else TaskState.NEEDS_FIX
    version = _keep(own, stored, cards, too_long, state if cards else TaskState.IN_PROGRESS)
    return _after(own, shown, is_right, then, (version, too_long, bool(new)))


def _asked(shown: Sequence[Shown]) -> bool:
    """Whether a new word is a question; it then says so beside its choices. A record takes only what is settled."""
    open_ones = [one for one in shown if one.is_question and not one.card.row]
    for one in open_ones:
        if not one.form.concept.errors:
            refuse(one.form.concept, _("Chọn «%(typed)s» là kỹ năng nào", typed=one.card.typed[:60]))
    return bool(open_ones)


def _typed(more: str) -> tuple[list[str], str]:
    """The skills typed now that may be kept, and those too long or unreadable, which stay in the box."""
    parts = typed_skills(more)
    good = [part for part in parts if cleaned(part)]
    return [cleaned(part) for part in good], "\n".join(part for part in parts if not cleaned(part))


def _keep(own: Own, stored: Entry | None, cards: Sequence[Card], more: str, state: TaskState) -> str:
    expected = 0 if stored is None else int(stored.version)
    version = Drafts(own).keep(Task.SKILLS, "", values_of(cards, more), expected, state)
    own.session.commit()
    return version


def _after(
    own: Own, shown: Sequence[Shown], is_right: bool, then: str | None, kept: tuple[str, str, bool]
) -> ResponseReturnValue:
    version, too_long, has_new = kept
    if then == LATER and not own.is_sent:
        return redirect(url_for(".journey"), 303)
    if not is_right and then != _ADD:
        stored = Entry("", version, TaskState.NEEDS_FIX, None, own.at)
        return _page(own, shown, too_long, stored), 422
    if then == _ADD or has_new:
        return redirect(url_for(".skills", ve=request.form.get("ve"), _anchor="the-ky-nang"), 303)
    if request.form.get("ve") == CHECK and not own.is_sent:
        return redirect(url_for(".check"), 303)
    return redirect(next_address(own, Task.SKILLS), 303)


def _record(
    own: Own, shown: Sequence[Shown], is_right: bool, then: str | None, too_long: str
) -> ResponseReturnValue:
    """Write the cards to the record; it takes only what is right."""
    assert own.person is not None  # noqa: S101 - asked before
    claimed = Claimed(own, own.person)
    if not is_right:
        return _page(own, shown, too_long, claimed.entry()), 422
    try:
        claimed.write(shown)
    except (AlreadyClaimed, EditedMeanwhile):
        own.session.rollback()
        flash(_("Hồ sơ vừa được sửa ở nơi khác. Xem lại, rồi lưu."), "warn")
        return redirect(url_for(".skills"), 303)
    operations.confirm_profile(own.session, own.person, on=own.on, by=own.account.id, at=own.at)
    own.session.commit()
    if then == _ADD:
        return redirect(url_for(".skills", _anchor="the-ky-nang"), 303)
    flash(_("Đã lưu mục «%(task)s»", task=TASK[Task.SKILLS]), "ok")
    return redirect(url_for(".mine"), 303)


def _union(mine: Sequence[Card], theirs: Sequence[Card]) -> list[tuple[str, Card | None, Card | None]]:
    """Both versions skill by skill, those typed here first."""
    here, there = ({fold(one.typed): one for one in cards} for cards in (mine, theirs))
    return [(key, here.get(key), there.get(key)) for key in dict.fromkeys([*here, *there])]


def _chosen(mine: Sequence[Card], theirs: Sequence[Card]) -> list[Card]:
    """The cards after the page with both versions was answered; else those that were sent."""
    if not any(key.startswith("pick-") for key in request.form):
        return list(mine)
    kept: list[Card] = []
    for number, (_key, here, there) in enumerate(_union(mine, theirs)):
        pick = request.form.get(f"pick-{number}", "mine" if here is not None else "theirs")
        card = there if pick == "theirs" else here
        if card is not None:
            kept.append(card)
    return kept


def _both(own: Own, mine: Sequence[Card], theirs: Sequence[Card], stored: Entry) -> ResponseReturnValue:
    rows: list[dict[str, Any]] = []
    for number, (_key, here, there) in enumerate(_union(mine, theirs)):
        card = here or there
        if card is None:
            continue
        words = (_words(there), _words(here))
        by = Changed.NOBODY if words[0] == words[1] else Changed.BOTH
        if here is None:
            by = Changed.THEIRS
        rows.append(row(card.typed, str(number), words, by))
    return conflict_page(own, rows, stored, "", heading=str(TASK[Task.SKILLS]), back=url_for(".skills"))


def _words(card: Card | None) -> str:
    if card is None or not card.on:
        return _("không chọn")
    return _("bậc %(level)s", level=card.level) if card.level else _("chưa nêu bậc")


def _page(own: Own, shown: Sequence[Shown], more: str, stored: Entry | None) -> str:
    form: Any = SkillsForm(formdata=None, meta={"csrf": False})
    form.more.data, form.count.data = more, len(shown)
    form.version.data = "" if stored is None else stored.version
    if more and len(more) > _LONGEST:
        form.more.errors = [_("Rút gọn mỗi kỹ năng còn không quá %(limit)d ký tự", limit=_LONGEST)]
    errors = [pair for one in shown for pair in one.form.error_list()]
    errors += [(form.more.id, sentence) for sentence in form.more.errors]
    return render_template(
        "registrations/skills.html",
        own=own,
        form=form,
        errors=errors,
        cards=shown,
        task=Task.SKILLS,
        stored=stored,
        heading=HEADING[Task.SKILLS],
        anchors=[(level, _(words)) for level, words in enumerate(ANCHORS[LevelScale.GENERAL]) if level],
        steps=steps_of(own, Task.SKILLS),
        back=url_for(".mine") if own.is_sent else url_for(".journey"),
        keeps_itself=own.person is None,
        may_add=len(shown) < MOST_CARDS,
    )
