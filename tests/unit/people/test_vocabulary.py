"""The vocabularies of records agree with themselves."""

from registry.people.rules import (
    degree_of_code,
    degree_of_rank,
    field_by_name,
    field_of_code,
    language_of_code,
    vocabulary,
)
from registry.text import fold


def test_degrees_rise_from_one_to_six_and_health_degrees_stand_apart() -> None:
    general = [degree for degree in vocabulary().degrees if degree.code not in {"CKI", "CKII", "BSNT"}]
    assert [degree.rank for degree in general] == [1, 2, 3, 4, 5, 6]
    assert degree_of_rank(5) == degree_of_code("THS")
    assert degree_of_rank(9) is None


def test_no_name_means_two_degrees() -> None:
    names = [
        (fold(name), degree.code) for degree in vocabulary().degrees for name in set(map(fold, degree.names))
    ]
    assert len({name for name, _code in names}) == len(names)


def test_every_field_has_a_known_group() -> None:
    groups = {group.code for group in vocabulary().field_groups}
    assert {field.group for field in vocabulary().fields} == groups
    assert len(vocabulary().fields) == 23
    field = field_by_name("máy tính và công nghệ thông tin")
    assert field == field_of_code("748")
    assert field_by_name("748") == field
    assert field_of_code("999") is None


def test_languages_have_distinct_codes_and_six_levels() -> None:
    codes = [language.code for language in vocabulary().languages]
    assert len(set(codes)) == len(codes)
    assert all(len(code) <= 3 for code in codes)
    assert [level.cefr for level in vocabulary().language_levels] == ["A1", "A2", "B1", "B2", "C1", "C2"]
    assert language_of_code("xx") is None


def test_identity_prefixes_are_those_of_the_former_provinces() -> None:
    assert len(vocabulary().identity_prefixes) == 63
    assert vocabulary().identity_prefixes["001"] == "Hà Nội"
    assert len(vocabulary().ethnic_groups) == 54
