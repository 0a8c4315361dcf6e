"""Personal values that stand nowhere else, and looking for them wherever none may be: however they are written."""

import base64
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus

from werkzeug.test import TestResponse

from registry.text import fold
from tests.conftest import Client

_KEPT_SEARCH = re.compile(r"(?<=[?&]q=)[^&#]*")
"""A search that an officer keeps is an address of the list with what is sought, criteria and no names."""
_WITH_ADDRESS = re.compile(r"""(?:href|action|src|formaction|data-url|hx-[a-z]+)=["']([^"']*)["']""")

VALUES: Mapping[str, str] = {
    "name": "Tạ Quỳnh Hoàng Yến", "second name": "Bế Thị Chim Khách", "officer": "Khuất Duy Mộc Miên", "birth": "17/03/1979",
    "account e-mail": "hoangyen.ta@khongco.vn", "contact e-mail": "yen.rieng@khongco.vn", "second e-mail": "chimkhach@khongco.vn",
    "forgotten e-mail": "quenroi@khongco.vn", "tried e-mail": "thusai@khongco.vn", "wrong e-mail": "khong phai thu hoangyen",
    "reset e-mail": "datlai.matkhau@khongco.vn", "invited e-mail": "duocmoi@khongco.vn", "phone": "0987650123", "second phone": "0976501234",
    "number": "001179135792", "second number": "002188246801", "wrong number": "0019999xx123", "passport": "C7391826",
    "password": "mật khẩu riêng của Yến 1979", "wrong password": "mật khẩu gõ nhầm 8254", "residence": "Osaka Tennoji 5713",
    "origin": "Bản Nậm Cáy Lớn", "headline": "Chuyên gia nấm linh chi đỏ", "summary": "Mẹ tôi đau khớp nên tôi muốn về gần",
    "skill": "chỉnh dây đàn tính tẩu", "second skill": "ủ men lá nếp cẩm", "employer": "Xưởng mộc Cẩm Thạch Vàng", "post": "Trưởng nhóm kiểm nấm",
    "work": "Ghép chồi dẻ cho nhà ông Páo", "school": "Trường Trung cấp Mây Trắng Xa", "major": "Lâm sinh cây hồi", "diploma": "VB-88213-HY",
    "language paper": "JLPT-N1-77120", "wish": "Chỉ làm buổi sáng vì con nhỏ", "file name": "ly-lich-hoang-yen-79.json",
    "file content": "Ngô Thị Bìm Bịp", "message": "Chồng tôi không biết tôi tìm việc", "interest": "Tôi quen bác Sùng ở bản",
    "answer": "Gặp nhau ở quán Gốc Đa nhé", "reveal reason": "Cần gọi cho cô Yến gấp", "request words": "Xóa giúp tôi chuyện cũ ở Cẩm Đàn",
    "note": "Cô này hay ốm, nên hỏi kỹ", "list": "Danh sách người quen ông Páo", "searched": "hoàng yến tạ quỳnh 79", "asked words": "người dân tộc Cống biết thêu",
    "religion": "đạo Thờ Núi Tổ", "refused": "Lý do riêng: đang ly thân", "in a body": "Đoàn Thị Bồ Câu", "in a query": "Phùng Thị Sơn Ca",
    "in a path": "Mạc Thị Họa Mi", "in a header": "Giàng Thị Vành Khuyên", "in an exception": "Lù Thị Sáo Sậu", "in a statement": "Chảo Thị Cu Gáy",
    "too large": "Tẩn Thị Vẹt Xanh", "device": "Máy của Hoàng Yến 79",
}  # fmt: skip


def _ways(value: str) -> set[str]:
    """The ways somebody might write a value, in small letters."""
    plain = {value, value.casefold(), fold(value), value.replace(" ", "")}
    if re.fullmatch(r"\d\d/\d\d/\d{4}", value):
        day, month, year = value.split("/")
        plain |= {f"{year}-{month}-{day}", f"{day}-{month}-{year}", f"{year}{month}{day}"}
    if re.fullmatch(r"0\d{9}", value):
        plain |= {
            f"84{value[1:]}",
            f"{value[:4]} {value[4:7]} {value[7:]}",
            f"84 {value[1:4]} {value[4:7]} {value[7:]}",
        }
    found = set(plain)
    for one in plain:
        found |= {quote(one, safe=""), quote(one), quote_plus(one), escape(one), json.dumps(one)[1:-1]}
        found |= {one.encode().hex(), repr(one.encode())[2:-1], *_in_base64(one.encode())}
    return {one.casefold() for one in found}


def _in_base64(value: bytes) -> Iterator[str]:
    """What base64 always makes of these bytes, wherever in three they begin."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + value).decode().rstrip("=")
        kept = whole[(0, 2, 3)[before] : len(whole) - 1]
        yield kept
        yield kept.replace("+", "-").replace("/", "_")


_WAYS = {label: _ways(value) for label, value in VALUES.items()}


def labels_in(text: str) -> set[str]:
    """The labels of the values in a text, as they are or written otherwise."""
    small = text.casefold()
    folded = fold(unquote_plus(text))
    return {
        label
        for label, ways in _WAYS.items()
        if any(way in small for way in ways) or fold(VALUES[label]) in folded
    }


@dataclass
class Sinks:
    """What reached each place that may hold no value, and which values it holds."""

    held: dict[str, list[str]] = field(default_factory=lambda: defaultdict[str, list[str]](list))

    def note(self, sink: str, *texts: object) -> None:
        """Something reached a sink."""
        self.held[sink].extend(str(text) for text in texts if text)

    def found(self) -> list[tuple[str, str]]:
        """(sink, label) of every value found."""
        return sorted(
            {
                (sink, label)
                for sink, texts in self.held.items()
                for label in labels_in("\n".join(dict.fromkeys(texts)))
            }
        )


class Watched(Client):
    """A browser whose addresses, headers and error pages are looked at."""

    sinks: Sinks

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request and note what came."""
        answer = super().open(*args, **kwargs)
        watch(self.sinks, answer)
        return answer


def watch(sinks: Sinks, answer: TestResponse) -> None:
    """Note what an answer puts where no value may be.

    What somebody searches for stands in the address they asked for. The answer may lead on in the same list, or come
    back to it after signing in: to repeat what was asked is no news to this browser.
    """
    asked = [value for _name, value in answer.request.args.items(multi=True)]
    sinks.note("redirects", _without(asked, answer.headers.get("Location", "")))
    for name, value in answer.headers:
        if name == "Set-Cookie":
            sinks.note("cookies", *opened_cookie(value))
        elif name != "Location":
            sinks.note("headers", f"{name}: {value}")
    if not (answer.mimetype or "").startswith("text/html"):
        return
    page = answer.get_data(as_text=True)
    if answer.status_code >= 400 and answer.status_code != 422:
        sinks.note("error pages", page)
    sinks.note("addresses", *(_without(asked, unescape(one)) for one in _WITH_ADDRESS.findall(page)))


def _without(asked: Sequence[str], address: str) -> str:
    """An address without the values that were asked for; an address inside it is read too."""
    plain = unquote_plus(unquote_plus(_KEPT_SEARCH.sub("", address)))
    for one in asked:
        plain = plain.replace(one, "")
    return plain


def opened_cookie(header: str) -> list[str]:
    """A cookie as it is sent, and what is readable in it for whoever has it."""
    value = header.partition("=")[2].partition(";")[0]
    packed = value.startswith(".")
    part = value.lstrip(".").partition(".")[0]
    try:
        content = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        return [header, (zlib.decompress(content) if packed else content).decode()]
    except (ValueError, zlib.error):
        return [header]
