"""«Ai đã xem tôi»: every list, opening and export of one's record by others: when, which office, in what role, for what."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import require, tools
from registry.accounts.forms import ROLE_WORDS
from registry.accounts.rules import Permission
from registry.privacy.forms import words
from registry.privacy.queries.looks import Look, looks_at
from registry.privacy.rules import local_day
from registry.privacy.views.blueprint import Own, bp, own_record
from registry.web.i18n import gettext as _

# What makes two looks the same to whoever reads of them.
_SAID = ("what", "who", "role", "need", "day")


@bp.get("/toi/ai-da-xem")
@require(Permission.PROFILE_OWN)
def seen() -> ResponseReturnValue:
    """The looks, newest first. Names of officers are not shown: the office answers for them."""
    mine = own_record()
    if mine is None:
        return render_template("privacy/no_record.html", title=_("Ai đã xem hồ sơ của tôi"))
    mark = request.args.get("truoc", "")
    found = looks_at(mine.session, mine.person, mark)
    names = _scope_names(mine, found.lines)
    return render_template(
        "privacy/seen.html",
        lines=_together([_line(look, names) for look in found.lines]),
        older=found.older,
        is_first=not mark,
    )


def _together(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Looks one after the other that say the same of one day as one line, with how many there were."""
    found: list[dict[str, Any]] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and all(last[name] == line[name] for name in _SAID):
            last["times"] += 1
        else:
            found.append(line | {"times": 1})
    return found


def _scope_names(mine: Own, looks: Any) -> dict[str, str]:
    paths = {look.office.unit_path for look in looks if look.office is not None}
    return tools().scopes.names(mine.session, paths)


def _line(look: Look, names: dict[str, str]) -> dict[str, Any]:
    office = look.office
    if look.system:
        who, role = look.system, _("Phần mềm khác, qua API")
    elif office is None:
        who, role = _("Hệ thống"), ""
    else:
        place = names.get(office.unit_path, "")
        who = f"{office.organisation}, {place}" if office.organisation else place
        role = ", ".join(str(ROLE_WORDS[one]) for one in office.roles)
    return {
        "at": look.at,
        "what": words.LOOK.get(look.action, _("Xem dữ liệu")),
        "who": who,
        "role": role,
        "need": look.need,
        "day": local_day(look.at),
    }
