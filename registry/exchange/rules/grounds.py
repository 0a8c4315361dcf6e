"""Why a record may be kept, from the cells of a row: a law, or consents with their day and channel. Pure."""

from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from registry.consents.rules import ASKED_LATER, PurposeCode
from registry.exchange.rules import words
from registry.exchange.rules.cells import Cell, RowReader
from registry.exchange.rules.lookups import Lookups
from registry.people.rules import ConsentDraft, LegalBasis
from registry.people.rules.problems import N_, Problem

GROUND_MISSING = "basis_missing"
"""The code of a row that does not say why it may be kept, in a file of which nobody said it either."""

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def lacks_ground(cells: Mapping[str, Cell]) -> bool:
    """Whether a row itself says nothing of why it may be kept: neither a basis nor a consent."""
    return not any(cells[key].text.strip() for key in ("basis", "consents") if key in cells)


def read_ground(
    row: RowReader, lookups: Lookups, default: LegalBasis | None
) -> tuple[LegalBasis, tuple[ConsentDraft, ...]]:
    """Why the record may be kept: the row's own words, else its consents, else the ground of the whole file."""
    stated = row.choice("basis", words.BASES)
    purposes = _purposes(row)
    given_on = row.day("consented_on")
    channel = row.choice("channel", words.CHANNELS) or words.CHANNELS.first
    basis = stated or (LegalBasis.CONSENT if purposes else default)
    if basis is None:
        row.refuse("basis", Problem(GROUND_MISSING, N_("Ghi cơ sở lưu hồ sơ: Đồng ý hoặc Theo luật")))
    if basis is LegalBasis.CONSENT:
        _check_consent(row, purposes, given_on is not None)
    if given_on is not None and given_on > lookups.today:
        row.refuse("consented_on", Problem("future_date", N_("Ngày đồng ý không được sau hôm nay")))
    if given_on is None:
        return basis or LegalBasis.CONSENT, ()
    at = datetime.combine(given_on, time(), LOCAL_ZONE)
    return basis or LegalBasis.CONSENT, tuple(ConsentDraft(purpose, at, channel) for purpose in purposes)


def _purposes(row: RowReader) -> list[PurposeCode]:
    stated = row.choices("consents", words.PURPOSES)
    if words.EVERYTHING in stated:
        return [purpose for purpose in PurposeCode if purpose not in ASKED_LATER]
    return [purpose for purpose in stated if isinstance(purpose, PurposeCode)]


def _check_consent(row: RowReader, purposes: list[PurposeCode], has_day: bool) -> None:
    if PurposeCode.REGISTRY not in purposes and not row.is_refused("consents"):
        row.refuse(
            "consents",
            Problem(
                "registry_consent_missing",
                N_("Ghi «Lưu hồ sơ» nếu người này đã đồng ý; nếu không, bỏ dòng này"),
            ),
        )
    if not has_day and not row.is_refused("consented_on"):
        row.refuse("consented_on", Problem("consent_day_missing", N_("Ghi ngày người này đồng ý")))
