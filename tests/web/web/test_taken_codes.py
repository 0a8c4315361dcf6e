"""A code that somebody took at the same moment: no look beforehand sees it, the database refuses it, the room says so."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from registry.indicators.operations.defining import IndicatorTerms, define_indicator
from registry.indicators.operations.errors import CodeTaken as IndicatorTaken
from registry.indicators.rules.kinds import IndicatorKind
from registry.networks.models import Association, AssociationTerm
from registry.networks.operations import AlreadyAssociation, NumberTaken, add_term, associations
from registry.networks.rules import TermDays
from registry.open_data.operations.errors import CodeTaken as DatasetTaken
from registry.programmes.models import Programme
from registry.programmes.operations.errors import CodeTaken
from registry.programmes.operations.programmes import (
    FactTerms,
    NodeTerms,
    ProgrammeTerms,
    add_fact,
    add_node,
    revise_node,
    revise_programme,
)
from registry.programmes.operations.tasks import TaskTerms, revise_task
from registry.programmes.rules.words import AgencyPart, FactKind, NodeKind
from tests.factories.networks import association
from tests.factories.open_data import dataset
from tests.factories.organisations import organisation
from tests.factories.programmes import programme, task

AT = datetime(2026, 11, 27, 3, tzinfo=UTC)


class Frame:
    """What stands already: a programme and an agency for its tasks."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.agency = organisation(session, "Sở Y tế")
        self.programme: Programme = programme(session, code="KHUNG")

    def task(self, code: str) -> object:
        """A task of the programme."""
        return task(self.session, self.programme, self.agency, code=code)

    def node(self, code: str) -> object:
        """A place in its tree."""
        return add_node(self.session, self.programme, node_terms(code), by=None, at=AT)

    def fact(self, code: str) -> object:
        """A printed figure."""
        terms = FactTerms(code, FactKind.DATE, "Ngày ký", "01/01/2026")
        return add_fact(self.session, self.programme, terms, by=None, at=AT)

    def indicator(self, code: str) -> object:
        """A measure."""
        terms = IndicatorTerms("Số người", IndicatorKind.COUNT, "person", "Sở Nội vụ", "Báo cáo")
        return define_indicator(
            self.session, code, terms, at_unit="VN/12/", at_organisation="", by=None, at=AT
        )


def nothing_yet(_session: Session, _association: Association) -> list[AssociationTerm]:
    """What the look beforehand finds while somebody else has not committed."""
    return []


def node_terms(code: str) -> NodeTerms:
    """A place at the root."""
    return NodeTerms(NodeKind.OBJECTIVE, code, "Mục tiêu")


MAKES: dict[str, tuple[Callable[[Frame, str], object], type[Exception]]] = {
    "programme": (lambda frame, code: programme(frame.session, code=code), CodeTaken),
    "task": (lambda frame, code: frame.task(code), CodeTaken),
    "node": (lambda frame, code: frame.node(code), CodeTaken),
    "fact": (lambda frame, code: frame.fact(code), CodeTaken),
    "set of open data": (lambda frame, code: dataset(frame.session, code=code), DatasetTaken),
    "indicator": (lambda frame, code: frame.indicator(code), IndicatorTaken),
}


@pytest.mark.parametrize("what", MAKES)
def test_what_is_made_with_a_taken_code_is_refused_by_the_database_and_the_rest_goes_on(
    session: Session, what: str
) -> None:
    make, taken = MAKES[what]
    frame = Frame(session)
    make(frame, "m-1")
    with pytest.raises(taken):
        make(frame, "m-1")
    make(frame, "m-2")
    session.commit()


def test_what_is_revised_to_a_taken_code_keeps_its_own(session: Session) -> None:
    frame = Frame(session)
    of, other = frame.programme, programme(session, code="KHAC")
    first, second = (add_node(session, of, node_terms(code), by=None, at=AT) for code in ("1", "2"))
    one, two = (task(session, of, frame.agency, code=code) for code in ("1", "2"))
    agencies = ((frame.agency.id, AgencyPart.LEAD),)
    with pytest.raises(CodeTaken):
        revise_programme(session, of, ProgrammeTerms("KHAC", "Tên"), version=of.version, by=None, at=AT)
    with pytest.raises(CodeTaken):
        revise_node(session, of, second, node_terms("1"), by=None, at=AT)
    with pytest.raises(CodeTaken):
        revise_task(session, two, TaskTerms("1", "Việc", agencies), version=two.version, by=None, at=AT)
    session.commit()
    assert (of.code, other.code, first.code, second.code) == ("KHUNG", "KHAC", "1", "2")
    assert (one.code, two.code) == ("1", "2")


def test_an_organisation_is_an_association_once(session: Session) -> None:
    there = association(session)
    with pytest.raises(AlreadyAssociation):
        association(session, subject=there.subject)
    session.commit()


def test_a_term_of_a_number_that_somebody_took_meanwhile_is_refused(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = association(session)
    add_term(session, there, TermDays(1, date(2012, 5, 1), date(2017, 4, 30)), by=None, at=AT)
    monkeypatch.setattr(associations, "_terms_of", nothing_yet)
    with pytest.raises(NumberTaken):
        add_term(session, there, TermDays(1, date(2017, 5, 1)), by=None, at=AT)
    session.commit()
