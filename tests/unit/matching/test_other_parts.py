"""Experience, qualification, availability and place, worked by hand. A part alone has 10,000 hundredths."""

from datetime import date

import pytest

from registry.matching.engine.dates import Moment
from registry.matching.engine.facts import (
    AvailabilityStated,
    AvailabilityWanted,
    EducationHeld,
    ExperienceHeld,
    ExperienceWanted,
    Field,
    PlacesStated,
    PlaceWanted,
    QualificationWanted,
)
from tests.factories.matching import TODAY, matched, need, person, points, studied, worked

IT_5 = ExperienceWanted(5, Field("748", "74"))

EXPERIENCE: list[tuple[str, ExperienceWanted, list[ExperienceHeld], tuple[int, int]]] = [
    ("nothing stated", IT_5, [], (0, 10000)),
    # 2015 to 2018 is 4 years: v = 60·4//5 = 48
    ("overlaps count once", IT_5, [worked(date(2015, 1, 1), date(2017, 12, 31)), worked(date(2017, 1, 1), date(2018, 12, 31))], (8000, 8000)),
    # 2 years and 18 months: 3 whole years, v = 36
    ("gaps do not count", IT_5, [worked(date(2010, 1, 1), date(2011, 12, 31)), worked(date(2015, 1, 1), date(2016, 6, 30))], (6000, 6000)),
    ("more than wanted earns no more", IT_5, [worked(date(2000, 1, 1), ongoing=True)], (10000, 10000)),
    # v = 60·3//7 = 25; 10000·25//60 = 4166.67
    ("floored twice", ExperienceWanted(7, Field("748", "74")), [worked(date(2020, 1, 1), date(2022, 12, 31))], (4166, 4166)),
    ("five years today", IT_5, [worked(date(2021, 11, 26), ongoing=True)], (10000, 10000)),
    ("five years tomorrow", IT_5, [worked(date(2021, 11, 27), ongoing=True)], (8000, 8000)),
    ("the future does not count", IT_5, [worked(date(2024, 11, 26), date(2030, 1, 1)), worked(date(2027, 1, 1), ongoing=True)], (4000, 4000)),
    # shortest 31/12/2015 to 01/01/2018 = 2 years, longest 01/01/2015 to 31/12/2018 = 4 years
    ("bare years", IT_5, [worked(2015, 2018)], (4000, 8000)),
    ("one bare year may be a day or a year", IT_5, [worked(2018, 2018)], (0, 2000)),
    # 31/12/2023 to today = 2 years; 01/01/2023 to today = 3 years
    ("a bare year that goes on", IT_5, [worked(2023, ongoing=True)], (4000, 6000)),
    # from 31/03/2020 to 01/03/2022 = 1 year; from 01/03/2020 to 31/03/2022 = 2 years
    ("bare months", IT_5, [ExperienceHeld(Field("748", "74"), Moment.in_month(2020, 3), Moment.in_month(2022, 3))], (2000, 4000)),
    ("another field", IT_5, [worked(date(2010, 1, 1), ongoing=True, group="772")], (0, 0)),
    ("another field of the group", IT_5, [worked(date(2010, 1, 1), ongoing=True, group="746")], (0, 0)),
    ("a whole group wanted", ExperienceWanted(5, Field(None, "74")), [worked(date(2010, 1, 1), ongoing=True, group="746")], (10000, 10000)),
    ("only the group stated", IT_5, [ExperienceHeld(Field(None, "74"), Moment.on(date(2010, 1, 1)), ongoing=True)], (0, 10000)),
    ("no field stated", IT_5, [worked(date(2023, 11, 26), ongoing=True, group=None)], (0, 6000)),
    ("any field", ExperienceWanted(5), [worked(date(2023, 11, 26), ongoing=True, group=None)], (6000, 6000)),
    ("no start stated", IT_5, [worked(None, date(2018, 12, 31))], (0, 10000)),
    # at its longest it goes on until today: 3 years
    ("no end stated", IT_5, [worked(date(2023, 11, 26))], (0, 6000)),
    ("no dates at all", IT_5, [worked(None)], (0, 10000)),
    # certain 2 years; with the row that lacks its group 4 years
    ("certain and possible rows together", IT_5, [worked(date(2020, 1, 1), date(2021, 12, 31)), worked(date(2010, 1, 1), date(2011, 12, 31), group=None)], (4000, 8000)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "held", "expected"), [c[1:] for c in EXPERIENCE], ids=[c[0] for c in EXPERIENCE]
)
def test_experience(asked: ExperienceWanted, held: list[ExperienceHeld], expected: tuple[int, int]) -> None:
    assert points(matched(need(experience=asked), person(experience=tuple(held)))) == expected


DATA = Field("7480109", "748")
MASTER = QualificationWanted(5, (DATA,))

QUALIFICATION: list[tuple[str, QualificationWanted, list[EducationHeld], tuple[int, int]]] = [
    ("nothing stated", MASTER, [], (0, 10000)),
    ("rank reached in a listed field", MASTER, [studied(5, "7480109", "748")], (10000, 10000)),
    ("above the rank", MASTER, [studied(6, "7480109", "748")], (10000, 10000)),
    ("one rank below", MASTER, [studied(4, "7480109", "748")], (5000, 5000)),
    ("two ranks below", MASTER, [studied(3, "7480109", "748")], (0, 0)),
    ("same group", MASTER, [studied(5, "7480201", "748")], (5000, 5000)),
    ("one rank below in the same group", MASTER, [studied(4, "7480201", "748")], (2500, 2500)),
    ("another group", MASTER, [studied(6, "7720101", "772")], (0, 0)),
    ("any field", QualificationWanted(5), [studied(5, "7720101", "772")], (10000, 10000)),
    ("any field and none stated", QualificationWanted(5), [studied(5)], (10000, 10000)),
    ("a whole group listed", QualificationWanted(5, (Field(None, "748"),)), [studied(5, "7480201", "748")], (10000, 10000)),
    ("field not stated", MASTER, [studied(5)], (0, 10000)),
    ("field known by its group only", MASTER, [studied(5, None, "748")], (5000, 10000)),
    ("rank not stated", MASTER, [studied(None, "7480109", "748")], (0, 10000)),
    ("rank not stated in another group", MASTER, [studied(None, "7720101", "772")], (0, 0)),
    # the doctorate elsewhere gives 0, the bachelor in the field 5000: rows are not mixed
    ("the best row, not the best of each", MASTER, [studied(6, "7720101", "772"), studied(4, "7480109", "748")], (5000, 5000)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "held", "expected"), [c[1:] for c in QUALIFICATION], ids=[c[0] for c in QUALIFICATION]
)
def test_qualification(
    asked: QualificationWanted, held: list[EducationHeld], expected: tuple[int, int]
) -> None:
    assert points(matched(need(qualification=asked), person(education=tuple(held)))) == expected


def said(on: date = TODAY, **terms: object) -> AvailabilityStated:
    return AvailabilityStated(on, **terms)  # pyright: ignore[reportArgumentType]


START = AvailabilityWanted(date(2027, 1, 15))
FORMS = AvailabilityWanted(forms=frozenset({"full_time", "contract"}))
BOTH = AvailabilityWanted(date(2027, 1, 15), frozenset({"full_time"}))
END_OF_NOVEMBER = AvailabilityWanted(date(2026, 11, 30))

AVAILABILITY: list[tuple[str, AvailabilityWanted, AvailabilityStated | None, tuple[int, int]]] = [
    ("nothing stated", START, None, (0, 10000)),
    ("free on the very day", START, said(free_from=date(2027, 1, 15)), (10000, 10000)),
    ("a day late", START, said(free_from=date(2027, 1, 16)), (5000, 5000)),
    ("three months late", START, said(free_from=date(2027, 4, 15)), (5000, 5000)),
    ("a day more than three months late", START, said(free_from=date(2027, 4, 16)), (0, 0)),
    ("three months after 30 November end with February", END_OF_NOVEMBER, said(free_from=date(2027, 2, 28)), (5000, 5000)),
    ("and not in March", END_OF_NOVEMBER, said(free_from=date(2027, 3, 1)), (0, 0)),
    ("«không sẵn sàng»", START, said(available=False, free_from=date(2027, 1, 1)), (0, 0)),
    ("no day stated", START, said(), (0, 10000)),
    ("forms shared", FORMS, said(forms=frozenset({"contract", "remote"})), (10000, 10000)),
    ("forms disjoint", FORMS, said(forms=frozenset({"remote"})), (0, 0)),
    ("no form stated", FORMS, said(), (0, 10000)),
    ("late, and no form stated", BOTH, said(free_from=date(2027, 2, 1)), (0, 5000)),
    ("disjoint forms outweigh the day", BOTH, said(free_from=date(2027, 1, 1), forms=frozenset({"remote"})), (0, 0)),
    ("a statement of twelve months ago holds", START, said(date(2025, 11, 25), free_from=date(2026, 1, 1)), (10000, 10000)),
    ("a statement a day older does not", START, said(date(2025, 11, 24), free_from=date(2026, 1, 1)), (0, 10000)),
    ("an old «không sẵn sàng» neither", START, said(date(2025, 11, 24), available=False), (0, 10000)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "stated", "expected"), [c[1:] for c in AVAILABILITY], ids=[c[0] for c in AVAILABILITY]
)
def test_availability(
    asked: AvailabilityWanted, stated: AvailabilityStated | None, expected: tuple[int, int]
) -> None:
    assert points(matched(need(availability=asked), person(availability=stated))) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"), [(date(2025, 2, 28), (10000, 10000)), (date(2025, 3, 1), (0, 10000))]
)
def test_a_statement_of_29_february_holds_until_28_february(as_of: date, expected: tuple[int, int]) -> None:
    stated = said(date(2024, 2, 29), free_from=date(2024, 3, 1))
    assert points(matched(need(availability=START), person(availability=stated), as_of)) == expected


COMMUNE = PlaceWanted("VN/12/03388/")
REMOTE = PlaceWanted(remote=True)

PLACE: list[tuple[str, PlaceWanted, PlacesStated | None, tuple[int, int]]] = [
    ("nothing stated", COMMUNE, None, (0, 10000)),
    ("the unit itself", COMMUNE, PlacesStated(("VN/12/03388/",)), (10000, 10000)),
    ("its province", COMMUNE, PlacesStated(("VN/01/", "VN/12/")), (10000, 10000)),
    ("a unit inside the workplace is not enough", PlaceWanted("VN/12/"), PlacesStated(("VN/12/03388/",)), (0, 0)),
    ("another province whose code begins alike", COMMUNE, PlacesStated(("VN/1/",)), (0, 0)),
    ("«mọi nơi»", COMMUNE, PlacesStated(anywhere=True), (10000, 10000)),
    ("remote work does not bring a person to a place", COMMUNE, PlacesStated(remote=True), (0, 0)),
    ("remote on both sides", REMOTE, PlacesStated(("VN/01/",), remote=True), (10000, 10000)),
    ("remote offered, a unit accepted", REMOTE, PlacesStated(("VN/01/",)), (0, 0)),
    ("remote offered, anywhere accepted", REMOTE, PlacesStated(anywhere=True), (10000, 10000)),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "stated", "expected"), [c[1:] for c in PLACE], ids=[c[0] for c in PLACE])
def test_place(asked: PlaceWanted, stated: PlacesStated | None, expected: tuple[int, int]) -> None:
    assert points(matched(need(place=asked), person(places=stated))) == expected
