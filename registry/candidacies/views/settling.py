"""After placement: whether the person is still there (CA-12)."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.candidacies import operations, queries
from registry.candidacies.forms.office import CheckForm
from registry.candidacies.models import PlacementCheck
from registry.candidacies.rules.panels import CheckOutcome
from registry.candidacies.views.blueprint import Case, bp, decidable_case
from registry.candidacies.views.deciding import done
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/ung-tuyen/<ma>/kiem-tra/<any('12', '36', '60'):thang>")
@require(Permission.CANDIDACIES_DECIDE)
def check_page(ma: str, thang: str) -> ResponseReturnValue:
    """The question, once its day has come."""
    case, check = _asked(ma, thang)
    if check.outcome is not None or check.due_on > case.on:
        return redirect(url_for(".case_page", ma=ma), 303)
    return _page(case, check, CheckForm())


@bp.post("/ung-tuyen/<ma>/kiem-tra/<any('12', '36', '60'):thang>")
@require(Permission.CANDIDACIES_DECIDE)
def record_check(ma: str, thang: str) -> ResponseReturnValue:
    """Write down what was found."""
    case, check = _asked(ma, thang)
    form = CheckForm()
    if not form.validate():
        return _page(case, check, form), 422
    return done(
        case,
        lambda: operations.record_check(
            case.session,
            check,
            outcome=CheckOutcome(form.outcome.data),
            left_on=form.left_day(),
            by=case.by,
            at=case.at,
        ),
        _("Đã ghi kết quả kiểm tra."),
    )


def _asked(ma: str, thang: str) -> tuple[Case, PlacementCheck]:
    case = decidable_case(ma)
    checks = queries.checks_of(case.session, case.candidacy)
    check = next((one for one in checks if one.months == int(thang)), None)
    if check is None:
        raise NotVisible
    return case, check


def _page(case: Case, check: PlacementCheck, form: CheckForm) -> str:
    return render_template(
        "candidacies/check.html",
        ma=case.candidacy.public_id,
        need=case.need,
        name=case.name,
        check=check,
        form=form,
        action=request.path,
    )
