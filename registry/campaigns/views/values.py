"""What the fields of letters say for everybody, in both languages; amounts come from the worked examples of policies."""

from datetime import timedelta

from sqlalchemy.orm import Session

from registry.campaigns.models import Campaign
from registry.campaigns.operations.answering import needs_offered
from registry.policies.queries.law import parameters_alone
from registry.policies.queries.verified import verdicts
from registry.policies.queries.versions import shown_on
from registry.policies.views import sums
from registry.policies.views.public_pages import read
from registry.web.clock import today
from registry.web.i18n import LANGUAGES, said_in
from registry.web.i18n import gettext as _
from registry.web.installation import installation

PREVIEW_DAYS = timedelta(days=60)


def texts_of(session: Session, campaign: Campaign) -> dict[str, dict[str, str]]:
    """{language: {field: value}} of the fields that are the same for everybody, as they would be sent now."""
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        with said_in(language):
            found[language] = {
                "chien_dich": campaign.title,
                "nhu_cau": "; ".join(one.title for one in needs_offered(campaign))
                or _("các nhu cầu của tỉnh"),
                "chinh_sach": "; ".join(_names(campaign)) or _("chính sách của tỉnh"),
                "so_tien": "; ".join(amounts_of(session, campaign)) or _("theo chính sách của tỉnh"),
                "don_vi": installation(session).tenant.name,
            }
    return found


def amounts_of(session: Session, campaign: Campaign) -> list[str]:
    """What each policy gives at most, worked out by the engine for today; marked where nobody verified it."""
    on, law = today(), parameters_alone(session)
    shown = [version for one in campaign.policies if (version := shown_on(one.policy, on)) is not None]
    checked = verdicts(session, shown)
    found: list[str] = []
    for version in shown:
        read_as = read(version, checked[version.id])
        most = sums.most_of(read_as.groups, law, on)
        if most:
            mark = "" if read_as.verified else _(" (chưa kiểm chứng)")
            found.append(_("%(policy)s: cao nhất %(sum)s", policy=version.title, sum=most) + mark)
    return found


def _names(campaign: Campaign) -> list[str]:
    on = today()
    return [version.title for one in campaign.policies if (version := shown_on(one.policy, on)) is not None]
