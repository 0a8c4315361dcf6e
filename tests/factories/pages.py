"""Pages as a reader finds them: parsed, and their words without the spaces of the source."""

from typing import Any

from lxml import html as lxml_html

from tests.conftest import Client


def opened(client: Client, path: str, status: int = 200) -> Any:
    """The page at an address, parsed."""
    return parsed(client.get(path), status)


def parsed(answer: Any, status: int = 200) -> Any:
    """The page of an answer, parsed."""
    text: str = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    parse: Any = lxml_html.fromstring  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return parse(text)


def words_of(element: Any) -> str:
    """What is read in an element."""
    return " ".join(element.text_content().split())


def cells_of(page: Any) -> str:
    """The words of the cells of all tables, a space between."""
    return " ".join(words_of(one) for one in page.xpath("//table//th | //table//td"))
