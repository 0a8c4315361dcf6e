"""Why a record may be kept, from the cells of a row: a law, or consents with their day and channel. Pure."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from registry.consents.rules import PurposeCode
from registry.exchange.rules import people_columns as words
from registry.exchange.rules.cells import RowReader
from registry.exchange.rules.lookups import Lookups
from registry.people.rules import ConsentDraft, LegalBasis
from registry.people.rules.problems import Problem

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


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
        row.refuse("basis", Problem("basis_missing", "Ghi cơ sở lưu hồ sơ: Đồng ý hoặc Theo luật"))
    if basis is LegalBasis.CONSENT:
        _check_consent(row, purposes, given_on is not None)
    if given_on is not None and given_on > lookups.today:
        row.refuse("consented_on", Problem("future_date", "Ngày đồng ý không được sau hôm nay"))
    if given_on is None:
        return basis or LegalBasis.CONSENT, ()
    at = datetime.combine(given_on, time(), LOCAL_ZONE)
    return basis or LegalBasis.CONSENT, tuple(ConsentDraft(purpose, at, channel) for purpose in purposes)


def _purposes(row: RowReader) -> list[PurposeCode]:
    stated = row.choices("consents", words.PURPOSES)
    if words.EVERYTHING in stated:
        return list(PurposeCode)
    return [purpose for purpose in stated if isinstance(purpose, PurposeCode)]


def _check_consent(row: RowReader, purposes: list[PurposeCode], has_day: bool) -> None:
    if PurposeCode.REGISTRY not in purposes and not row.is_refused("consents"):
        row.refuse(
            "consents",
            Problem(
                "registry_consent_missing", "Ghi «Lưu hồ sơ» nếu người này đã đồng ý; nếu không, bỏ dòng này"
            ),
        )
    if not has_day and not row.is_refused("consented_on"):
        row.refuse("consented_on", Problem("consent_day_missing", "Ghi ngày người này đồng ý"))
