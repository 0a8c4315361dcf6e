"""One list of words: what the form of a need offers is what the template for Excel and a person's wishes offer."""

from registry.exchange.rules.need_columns import NEED_COLUMNS
from registry.needs.forms.labels import KIND_LABELS, TERM_LABELS, WORK_FORM_LABELS
from registry.needs.rules import WORDING, NeedTerms, substance
from registry.people.forms.words import WORK_FORM


def template_choices(key: str) -> list[str]:
    [column] = [one for one in NEED_COLUMNS if one.key == key]
    return list(column.choices)


def test_forms_of_work_have_one_list_of_words() -> None:
    assert dict(WORK_FORM_LABELS) == dict(WORK_FORM)
    assert [str(label) for label in WORK_FORM_LABELS.values()] == template_choices("forms")


def test_kinds_of_needs_are_called_the_same_in_the_template() -> None:
    assert [str(label) for label in KIND_LABELS.values()] == template_choices("kind")


def test_every_term_that_may_change_has_a_name() -> None:
    assert set(TERM_LABELS) == WORDING | set(substance(NeedTerms("Kỹ sư"), (), ()))
