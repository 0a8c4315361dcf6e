"""A person with rows in nearly every table, for what must reach all of them."""

from sqlalchemy.orm import Session

from registry.exchange.models import ImportBatch, ImportFile, ImportRow
from registry.exchange.rules.batches import ImportKind, RowState
from registry.matching.models import MatchRow, MatchRun, Shortlist, ShortlistEntry
from registry.people.models import Affinity, Person, PersonName, SkillClaim
from registry.people.operations import attach_evidence, set_sensitive_traits
from registry.people.operations.letters import stop_letters
from registry.people.rules import (
    AchievementDraft,
    AchievementKind,
    AffinityKind,
    AvailabilityDraft,
    CadreDraft,
    CadreKind,
    ContactDraft,
    ContactKind,
    EducationDraft,
    EvidenceDraft,
    ExperienceDraft,
    ExpertDraft,
    ExpertKind,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    NameKind,
    OverseasDraft,
    SelfDraft,
    SkillDraft,
)
from registry.people.rules.letters import LetterTopic, StopWay
from registry.privacy.rules import RightKind
from registry.skills.operations import keep_pending
from tests.factories import people as make
from tests.factories.accounts import account
from tests.factories.canaries import WORD
from tests.factories.needs import need
from tests.factories.people import AT, TODAY
from tests.factories.rights import asked, with_account

EMAIL, PHONE, NUMBER, TERM = f"{WORD}9001x@vidu.vn", "+84912345678", "001199012345", f"{WORD}9002x"


def whole_person(session: Session) -> Person:
    """A person with rows in nearly every table, and an account of their own."""
    term = keep_pending(session, TERM, "people")
    person, _own = with_account(
        session,
        about=SelfDraft("", headline="Kỹ sư", summary="Giới thiệu"),
        external_id="CB-77",
        contacts=(ContactDraft(ContactKind.EMAIL, EMAIL), ContactDraft(ContactKind.PHONE, PHONE)),
        identities=(IdentityDraft(IdentityKind.CCCD, NUMBER),),
        experts=(ExpertDraft(next(iter(ExpertKind)), expertise="Tim mạch"),),
        cadres=(CadreDraft(next(iter(CadreKind)), organisation_text="Sở", office="Phòng", position="Phó"),),
        overseas=(OverseasDraft("JP", time_zone="Asia/Tokyo"),),
        education=(EducationDraft(major="Y", school="Trường"),),
        experience=(ExperienceDraft("Bác sĩ", "Bệnh viện", description="Khám"),),
        languages=(LanguageDraft("en", 3, "IELTS"),),
        skills=(SkillDraft(TERM, pending_term_id=term.id, level=3),),
        achievements=(
            AchievementDraft(next(iter(AchievementKind)), "Bằng khen", "Tỉnh", "Chủ nhiệm", "12/QĐ"),
        ),
        availability=AvailabilityDraft(TODAY, reason="Bận"),
    )
    set_sensitive_traits(session, person, {"ethnicity": "Thái"}, by=None, at=AT)
    claim = make.only(session, SkillClaim, person)
    attach_evidence(session, person, [claim], EvidenceDraft("Giấy", "link", "Sở", "12"), by=None, at=AT)
    session.add(PersonName(person=person, kind=next(iter(NameKind)), full_name="Tên khác"))
    session.add(
        Affinity(person_id=person.id, kind=next(iter(AffinityKind)), organisation_text="Hội", note="Gốc")
    )
    stop_letters(session, person, LetterTopic.CAMPAIGNS, StopWay.LINK, by=None, at=AT)
    _kept_ranking(session, person)
    clerk = account(session)
    shortlist = Shortlist(name="Danh sách", owner_id=clerk.id)
    session.add(shortlist)
    session.flush()
    session.add(
        ShortlistEntry(
            shortlist_id=shortlist.id,
            person_id=person.id,
            note="Ghi chú",
            added_at=AT,
            added_by_id=clerk.id,
            added_batch="b" * 26,
        )
    )
    _import_of(session, person)
    asked(session, person, RightKind.ERASURE, words="Lời của tôi")
    session.commit()
    return person


def _kept_ranking(session: Session, person: Person) -> None:
    """A kept ranking with the person in it; facts and reasons are kept as JSON."""
    run = MatchRun(
        need_id=need(session).id,
        as_of=TODAY,
        formula_version=1,
        vocabulary_version="1",
        scopes=[],
        inputs_hash="0" * 64,
        need_inputs={},
        similarities={},
        considered=1,
        not_enough_data=0,
        excluded_people=0,
        ranked=1,
        excluded={},
        relaxations={},
        computed_at=AT,
    )
    told = {"reason": f"{WORD}9004x"}
    row = MatchRow(
        rank=1, person=person.public_id, state="ranked", certain=1, potential=2, content=told, inputs=told
    )
    run.rows.append(row)
    session.add(run)
    session.flush()


def _import_of(session: Session, person: Person) -> None:
    """The import the person came with, its file still kept."""
    batch = ImportBatch(
        kind=ImportKind.PEOPLE, unit_path="VN/12/", file_name=f"{WORD}9003x.xlsx", rows=1, valid=1
    )
    session.add(batch)
    session.flush()
    session.add(ImportFile(batch_id=batch.id, role="source", content_sealed=b"sealed"))
    session.add(
        ImportRow(
            batch_id=batch.id, row=2, state=RowState.CREATED, subject_id=person.public_id, created_at=AT
        )
    )
