"""The English catalogue: compiled as committed, placeholders kept, complete on pages for persons and the public."""

import re
from collections import Counter
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from scripts import extract_messages as catalogue_script

# `%%` is no placeholder, but a sentence that loses it breaks where the placeholders are filled in.
_PLACEHOLDER = re.compile(r"%%|%\([a-z_]+\)[sd]|%(?! |$|[,.;:)\u00a0»”])")


@pytest.fixture(scope="module")
def english() -> Catalog:
    return catalogue_script.read_english()


@pytest.fixture(scope="module")
def sentences() -> Catalog:
    """The sentences of the sources as they are now; collected once, because that takes a second or two."""
    return catalogue_script.extract()


@pytest.fixture(scope="module")
def current(sentences: Catalog, english: Catalog) -> Catalog:
    """The same with the English known for them."""
    return catalogue_script.translate(sentences, english)


def forms(message: Message) -> tuple[str, ...]:
    """One form of a plain sentence, two of one that counts."""
    sentence = message.string
    return (sentence,) if isinstance(sentence, str) else tuple(sentence or ())


def changed_placeholders(message: Message) -> bool:
    wanted = Counter(_PLACEHOLDER.findall(catalogue_script.first_form(message)))
    return any(Counter(_PLACEHOLDER.findall(form)) != wanted for form in forms(message))


def translated(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id and catalogue_script.is_translated(message)]


def test_the_compiled_catalogue_is_that_of_its_source(english: Catalog) -> None:
    assert catalogue_script.COMPILED.read_bytes() == catalogue_script.compiled(
        catalogue_script.translate(english, english)
    )


def test_the_compiled_catalogue_speaks_english_and_counts() -> None:
    spoken = GNUTranslations(BytesIO(catalogue_script.COMPILED.read_bytes()))
    assert spoken.gettext("Đăng nhập") == "Sign in"
    candidates = "%(num)s ứng viên"
    assert spoken.ngettext(candidates, candidates, 1) == "%(num)s candidate"
    assert spoken.ngettext(candidates, candidates, 2) == "%(num)s candidates"


def test_every_translation_keeps_the_placeholders(english: Catalog) -> None:
    assert len(translated(english)) > 1000
    assert [message.id for message in translated(english) if changed_placeholders(message)] == []


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Mã %(code)s", "Code %(kode)s"),
        ("Mã %(code)s", "Code"),
        ("Mã %(code)s", "Code %(code)d"),
        ("Không quá %%(max)d ký tự", "At most %(max)d characters"),
        (("%(num)s người", "%(num)s người"), ("One person", "%(num)s people")),
    ],
)
def test_the_check_sees_a_changed_placeholder(
    sentence: str | tuple[str, str], text: str | tuple[str, str]
) -> None:
    assert changed_placeholders(Message(sentence, text))


def test_no_translation_is_vietnamese_left_as_it_was(english: Catalog) -> None:
    marks = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]")
    left = [
        message.id
        for message in translated(english)
        if marks.search(catalogue_script.first_form(message))
        and message.string in (message.id, catalogue_script.first_form(message))
    ]
    assert left == []


@pytest.mark.slow
def test_pages_for_persons_and_the_public_are_all_in_english(current: Catalog) -> None:
    assert catalogue_script.public_and_untranslated(current) == []


def test_the_public_pages_named_exist() -> None:
    assert [name for name in catalogue_script.PUBLIC if not (catalogue_script.ROOT / name).exists()] == []


@pytest.mark.slow
def test_the_macros_are_read_although_their_folder_starts_with_an_underscore(current: Catalog) -> None:
    names = {name for message in current for name, _line in message.locations}
    assert any(name.startswith("templates/_macros/") for name in names)


def test_a_planted_sentence_without_english_is_seen() -> None:
    template = Catalog()
    template.add("Câu chưa có bản tiếng Anh", locations=[("templates/errors/error.html", 1)])
    template.add("Câu của cán bộ", locations=[("templates/needs/show.html", 1)])
    planted = catalogue_script.translate(template, Catalog(locale="en"))
    assert catalogue_script.public_and_untranslated(planted) == [
        "templates/errors/error.html: Câu chưa có bản tiếng Anh"
    ]
    assert len(catalogue_script.untranslated(planted)) == 2


def test_a_sentence_that_left_and_returns_keeps_its_english() -> None:
    english = Catalog(locale="en")
    english.add("Lưu", "Save")
    without = catalogue_script.translate(Catalog(), english)
    assert list(without.obsolete) == ["Lưu"]
    template = Catalog()
    template.add("Lưu")
    assert catalogue_script.translate(template, without)["Lưu"].string == "Save"


@pytest.mark.slow
def test_the_check_fires_on_a_stale_catalogue_and_writes_nothing(
    sentences: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def extract(_root: Path) -> Catalog:
        return sentences

    monkeypatch.setattr(catalogue_script, "extract", extract)
    monkeypatch.setattr(catalogue_script, "COMPILED", catalogue_script.ROOT / "registry" / "absent.mo")
    assert catalogue_script.main(["--check"]) == 1
    assert "not up to date: registry/absent.mo" in capsys.readouterr().out
    assert not catalogue_script.COMPILED.exists()
