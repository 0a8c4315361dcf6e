"""The people whose records are asked for: of two provinces, a commune and an agency, named, anonymous, withdrawn."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.consents.rules import Channel, PurposeCode
from registry.people.models import (
    CadreFacet,
    Education,
    Evidence,
    LanguageClaim,
    Person,
    SkillClaim,
)
from registry.people.operations import attach_evidence, set_sensitive_traits, withdraw_consent
from registry.people.rules import (
    CadreDraft,
    CadreKind,
    ContactDraft,
    ContactKind,
    EducationDraft,
    EvidenceDraft,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    SkillDraft,
)
from registry.privacy.rules import RightKind
from registry.skills.queries import skills_by_code
from tests.factories import people as make
from tests.factories.authz.actors import BELOW, A, B
from tests.factories.people import ANONYMOUS, AT
from tests.factories.rights import asked

SKILL = "IT01"
# Whose record: (name, where it is kept, the identity number).
NAMES = {
    "own": ("Lò Thị Quýt Hồng", A, "001199000101"),
    "below": ("Vàng A Sủa Chiều", BELOW, "001199000102"),
    "other": ("Đỗ Mộng Tuyền Lâm", B, "001199000103"),
    "orgn": ("Giàng Thị Nở Muộn", A, "001199000104"),
    "hide": ("Tẩn Láo Tả Sương", A, "001199000105"),
    "gone": ("Hù Cố Xuân Sớm", A, "001199000106"),
    "shy": ("Phùng Phủ Kiềm Mây", A, "001199000107"),
    "mate": ("Chẻo Mùi Pham Đào", A, "001199000108"),
    "twin": ("Ninh Gấm Vóc Trà", B, "001199000109"),
}

_ANONYMOUS = {"hide", "shy"}


def make_people(session: Session, organisation_path: str) -> dict[str, Person]:
    """A person for each place, with what a record is made of."""
    concept = skills_by_code(session, [SKILL])[SKILL]
    made: dict[str, Person] = {}
    for where, (name, unit_path, number) in NAMES.items():
        one = make.person(
            session,
            name,
            consents=ANONYMOUS if where in _ANONYMOUS else make.NAMED,
            unit_path=unit_path,
            organisation_path=organisation_path if where == "orgn" else "",
            contacts=(
                ContactDraft(ContactKind.EMAIL, f"{where}@vidu.vn"),
                ContactDraft(ContactKind.PHONE, f"+84912{number[-6:]}"),
            ),
            identities=(IdentityDraft(IdentityKind.CCCD, number),),
            education=(EducationDraft(major="Địa chất", school="Trường của " + name),),
            languages=(LanguageDraft("en", 3),),
            skills=(SkillDraft(concept.vi, concept.id, level=3),),
            cadres=(CadreDraft(next(iter(CadreKind)), office="Phòng", position="Phó"),),
        )
        set_sensitive_traits(session, one, {"ethnicity": "Thái"}, by=None, at=AT)
        claim = make.only(session, SkillClaim, one)
        attach_evidence(session, one, [claim], EvidenceDraft(f"Giấy {where}", "link"), by=None, at=AT)
        made[where] = one
    withdraw_consent(
        session, made["gone"], PurposeCode.REGISTRY, channel=Channel.PAPER, reason="", by=None, at=AT
    )
    session.flush()
    return made


def own_records(session: Session, people: dict[str, Person], accounts: dict[str, Account]) -> None:
    """Who signs in as the people of the records: one of A, one of B."""
    people["own"].account_id = accounts["self"].id
    people["other"].account_id = accounts["cand"].id
    session.flush()


def rows_of(session: Session, people: dict[str, Person]) -> dict[str, dict[str, dict[str, str]]]:
    """{kind: {where: parts of an address}} of what belongs to one person.

    `mixed` is the row of somebody else under the address of one's own person.
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    kinds = {"claim": SkillClaim, "language": LanguageClaim, "education": Education, "cadre": CadreFacet}
    for kind, model in kinds.items():
        rows = {
            where: session.scalars(select(model.public_id).where(model.person_id == one.id)).first() or ""
            for where, one in people.items()
        }
        more = {"education": {"muc": "hoc-van"}, "cadre": {"muc": "can-bo"}}.get(kind, {})
        found[kind] = {
            where: {"ma": people[where].public_id, "dong": rows[where]} | more
            for where in ("own", "below", "other", "hide")
        }
        found[kind]["mixed"] = {"ma": people["own"].public_id, "dong": rows["other"]} | more
    found["person"] = {where: {"ma": one.public_id} for where, one in people.items()}
    found["evidence"] = {
        where: {
            "ma": session.scalars(select(Evidence.public_id).where(Evidence.person_id == one.id)).first()
            or ""
        }
        for where, one in people.items()
    }
    return found


def requests_of(session: Session, people: dict[str, Person]) -> dict[str, dict[str, str]]:
    """A request of each person about their data."""
    return {
        where: {"ma": asked(session, people[where], RightKind.CORRECTION, words="Sửa").public_id}
        for where in ("own", "below", "other")
    }
