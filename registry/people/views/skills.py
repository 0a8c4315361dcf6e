"""«Kỹ năng»: words as people say them, the answer of the resolver, a question where it is not sure."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.people import operations
from registry.people.forms.entries import SkillForm
from registry.people.forms.fields import refuse, words_of
from registry.people.models import SkillClaim
from registry.people.operations import AlreadyClaimed, EditedMeanwhile
from registry.people.operations.skill_reading import ReadSkill, level_problem, read_skills, skill_draft
from registry.people.rules import SkillDraft
from registry.people.views.blueprint import bp
from registry.people.views.claims import end_claim, open_claim, saved
from registry.people.views.conflicts import Saved, show_conflict
from registry.people.views.loading import Opened, keep_read, open_person
from registry.people.views.versions import version_of
from registry.skills.models import Skill
from registry.skills.queries import skill_by_code
from registry.skills.resolver import Resolution
from registry.skills.rules import ANCHORS, LevelScale, TypedSkill, level_of
from registry.web.choices import choices
from registry.web.edits import take_theirs
from registry.web.i18n import gettext as _

KEEP_AS_TYPED = "giu"
_HIGHEST = 7
_SECTION = "ky-nang"


@bp.route("/ung-vien/<ma>/ky-nang/tao", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def add_skill(ma: str) -> ResponseReturnValue:
    """Add a skill; a text of several meanings becomes a question, an unknown one is kept as it is."""
    opened = open_person(ma)
    form = _form()
    if request.method != "POST":
        keep_read(opened, _SECTION)
        return _page(opened, form, None)
    draft = _draft(opened, form) if form.validate() else None
    if draft is None:
        return _page(opened, form, None), 422
    try:
        claim = operations.claim_skill(
            opened.session, opened.person, draft, on=opened.on, by=opened.by, at=opened.at
        )
    except AlreadyClaimed:
        return _refused_as_double(opened, form, None)
    return saved(opened, _answer(opened, claim), _SECTION)


@bp.route("/ung-vien/<ma>/ky-nang/<dong>", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def edit_skill(ma: str, dong: str) -> ResponseReturnValue:
    """Correct a claim or change its level; a new level closes the old row, which stays."""
    opened = open_person(ma)
    claim = open_claim(opened, SkillClaim, dong)
    if request.method != "POST":
        keep_read(opened, _SECTION)
        form = _form(opened, claim)
        if claim.needs_confirmation:
            _ask(form, _read(opened, form).resolution)
        return _page(opened, form, claim)
    form, stored = _form(), _form(opened, claim)
    take_theirs(form, stored)
    draft = _draft(opened, form, claim) if form.validate() else None
    if draft is None:
        return _page(opened, form, claim), 422
    try:
        kept = operations.revise_skill_claim(
            opened.session,
            opened.person,
            claim,
            draft,
            expected_version=version_of(form),
            on=opened.on,
            by=opened.by,
            at=opened.at,
        )
    except AlreadyClaimed:
        return _refused_as_double(opened, form, claim)
    except EditedMeanwhile:
        return _conflict(opened, claim, form, stored)
    return saved(opened, _answer(opened, kept), _SECTION)


@bp.post("/ung-vien/<ma>/ky-nang/<dong>/xoa")
@require(Permission.PEOPLE_WRITE)
def close_skill(ma: str, dong: str) -> ResponseReturnValue:
    """End a claim; it can still be shown for the days on which it held."""
    opened = open_person(ma)
    return end_claim(
        opened,
        open_claim(opened, SkillClaim, dong),
        operations.close_skill_claim,
        words=_("Đã bỏ kỹ năng khỏi hồ sơ"),
        section=_SECTION,
        edit=".edit_skill",
    )


def _form(opened: Opened | None = None, claim: SkillClaim | None = None) -> SkillForm:
    """The form as posted, or as stored when a claim is given."""
    if opened is None or claim is None:
        form = SkillForm()
    else:
        form = SkillForm(formdata=None, data=_values(opened, claim))
    levels = ((str(level), _level_words(level)) for level in range(_HIGHEST + 1))
    form.level.choices = choices([("", _("Chưa nêu")), *levels])
    return form


def _level_words(level: int) -> str:
    """«3: làm độc lập…» on the general scale; the levels above it are numbers only."""
    general = ANCHORS[LevelScale.GENERAL]
    return f"{level}: {general[level]}" if level < len(general) else str(level)


def _values(opened: Opened, claim: SkillClaim) -> dict[str, Any]:
    skill = opened.session.get(Skill, claim.skill_id) if claim.skill_id is not None else None
    scale = LevelScale.GENERAL if skill is None else skill.scale
    return {
        "version": str(claim.version),
        "typed": claim.typed,
        "level": "" if claim.level is None else str(level_of(scale, claim.level)),
        "since_year": claim.since_year,
    }


def _read(opened: Opened, form: SkillForm) -> ReadSkill:
    level = int(form.level.data) if form.level.data else None
    return read_skills(opened.session, [TypedSkill(form.typed.data or "", level)])[0]


def _draft(opened: Opened, form: SkillForm, claim: SkillClaim | None = None) -> SkillDraft | None:
    """What the form says, or None with a question or an error on the form."""
    read = _settled(opened, form, _read(opened, form), claim)
    if read is None:
        return None
    problem = level_problem(read)
    if problem is not None:
        refuse(form.level, words_of(problem))
        return None
    return skill_draft(opened.session, read, since_year=form.since_year.data)


def _settled(opened: Opened, form: SkillForm, read: ReadSkill, claim: SkillClaim | None) -> ReadSkill | None:
    """The reading after the question was answered, or None when it has to be asked."""
    answer = form.concept.data or ""
    offered = {candidate.skill for candidate in read.resolution.candidates}
    if answer == KEEP_AS_TYPED:
        return ReadSkill(read.typed, Resolution(None, "unknown"), None)
    if answer and answer in offered:
        return _with_concept(opened, read, answer)
    if claim is not None and claim.skill_id is not None and claim.typed == read.typed.text:
        kept = opened.session.get(Skill, claim.skill_id)
        if kept is not None and not claim.needs_confirmation:
            return _with_concept(opened, read, kept.code)
    if read.resolution.is_accepted or not read.resolution.candidates:
        return read
    _ask(form, read.resolution)
    refuse(form.concept, _("Chọn kỹ năng bạn muốn nói"))
    return None


def _with_concept(opened: Opened, read: ReadSkill, code: str) -> ReadSkill:
    level = read.resolution.level
    return ReadSkill(
        read.typed, Resolution(code, "exact", 100.0, level=level), skill_by_code(opened.session, code)
    )


def _ask(form: SkillForm, resolution: Resolution) -> None:
    candidates = [(one.skill, one.vi) for one in resolution.candidates]
    if candidates:
        keep = _("Không phải các kỹ năng trên: giữ nguyên chữ đã gõ, chờ bổ sung danh mục")
        form.concept.choices = choices([*candidates, (KEEP_AS_TYPED, keep)])
        form.concept.flags.required = True


def _answer(opened: Opened, claim: SkillClaim) -> str:
    """How the text was understood, for the line after saving."""
    if claim.skill_id is None:
        return _(
            "Danh mục chưa có «%(typed)s». Đã giữ nguyên chữ và chuyển người phụ trách danh mục.",
            typed=claim.typed,
        )
    skill = opened.session.get_one(Skill, claim.skill_id)
    if claim.typed == skill.vi:
        return _("Đã lưu kỹ năng «%(skill)s»", skill=skill.vi)
    return _("Đã lưu. «%(typed)s» được hiểu là «%(skill)s»", typed=claim.typed, skill=skill.vi)


def _refused_as_double(opened: Opened, form: SkillForm, claim: SkillClaim | None) -> ResponseReturnValue:
    refuse(form.typed, _("Hồ sơ đã có kỹ năng này. Sửa bậc ở dòng đang có."))
    return _page(opened, form, claim), 422


def _conflict(opened: Opened, claim: SkillClaim, form: SkillForm, stored: SkillForm) -> ResponseReturnValue:
    return show_conflict(
        opened.session,
        form,
        stored,
        Saved(claim.version, claim.public_id, "skill_claim.revised"),
        what=_("một kỹ năng"),
        name=opened.name,
        back=url_for(".show", ma=opened.person.public_id),
    )


def _page(opened: Opened, form: SkillForm, claim: SkillClaim | None) -> str:
    return render_template("people/skill.html", form=form, opened=opened, person=opened.person, claim=claim)
