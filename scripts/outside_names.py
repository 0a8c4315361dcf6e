"""Generates names that are no skills: places, people, organisations, slogans, always the same ones.

They are made of the shipped lists of places and names and of the sentences below; a resolver that takes one of
them for a skill is wrong, however many words of skills it holds. Holds no measured variants and looks at none.
"""

import csv
import random
from collections.abc import Collection, Iterator
from pathlib import Path

import registry.places
from registry.app.demonstration.names import vietnamese_name
from registry.text import match_key

SEED = 20261125
PEOPLE = ORGANISATIONS = SLOGANS = 1000
_PLACES = Path(registry.places.__file__).parent / "data"
_KINDS = {"commune": "Xã", "ward": "Phường", "special_zone": "Đặc khu"}

_ORGANISATIONS = (
    "Trường THPT {place}", "Trường Tiểu học và THCS {place}", "Trường Mầm non {place}", "Trường Cao đẳng {province}",
    "Trường Đại học {province}", "Bệnh viện đa khoa tỉnh {province}", "Trạm Y tế xã {place}",
    "Ủy ban nhân dân xã {place}", "Hội đồng nhân dân tỉnh {province}", "Đảng ủy xã {place}",
    "Sở Tài chính tỉnh {province}", "Sở Y tế tỉnh {province}", "Sở Xây dựng {province}",
    "Sở Khoa học và Công nghệ {province}", "Sở Nông nghiệp và Môi trường tỉnh {province}",
    "Công an phường {place}", "Đồn biên phòng {place}", "Ban Chỉ huy quân sự xã {place}",
    "Hội Liên hiệp Phụ nữ xã {place}", "Đoàn Thanh niên phường {place}", "Hội Nông dân {place}",
    "Hội Cựu chiến binh {place}", "Công ty TNHH {given}", "Công ty cổ phần {given} {place}",
    "Công ty TNHH một thành viên {place}", "Công ty cổ phần Xây dựng {place}", "Doanh nghiệp tư nhân {given}",
    "Hợp tác xã {place}", "Quỹ tín dụng nhân dân {place}", "Ngân hàng chi nhánh {province}",
    "Kho bạc Nhà nước {province}", "Bảo hiểm xã hội tỉnh {province}", "Thuế tỉnh {province}",
    "Nhà văn hóa {place}", "Bảo tàng tỉnh {province}", "Thư viện tỉnh {province}", "Chợ {place}",
    "Khu công nghiệp {place}", "Bến xe {place}", "Cảng {place}", "Khách sạn {given}", "Nhà thuốc {given}",
    "Tiệm vàng {given}", "Trung tâm Anh ngữ {given}", "Văn phòng luật sư {given}",
)  # fmt: skip
_SLOGANS = (
    "Vì một {province} xanh, sạch, đẹp", "{province} đoàn kết, sáng tạo, bứt phá",
    "Tuổi trẻ {province} vững bước tương lai", "Người {province} ưu tiên dùng hàng Việt",
    "Chào mừng ngày hội {place}", "Chung tay vì người nghèo {place}", "{place} quê hương tôi",
    "Về với {place}", "Tự hào là con em {place}", "Đưa {province} cất cánh", "Khát vọng {province}",
    "Toàn dân {place} đoàn kết", "Mỗi người {place} một bông hoa đẹp", "Hành trình về {place}",
    "{place} trong trái tim tôi", "Hát về {province}", "Hướng về biển đảo {place}", "Thương hoài {place}",
    "Nhớ mãi {given}", "Tôi yêu {place}", "Hội khóa {given}", "Xin chào, tôi là {given}",
    "Gia đình {given} ở {place}", "Mừng xuân {province}", "Cảm ơn {given} rất nhiều",
)  # fmt: skip


def outside_names(known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Kind and text of every name whose folded text is not among the known ones."""
    random_ = random.Random(SEED)  # noqa: S311 - repeatable trials, no secret
    seen = set(known)
    for kind, text in _all(random_):
        key = match_key(text)
        if key not in seen:
            seen.add(key)
            yield kind, text


def _all(random_: random.Random) -> Iterator[tuple[str, str]]:
    communes = [(row["kind"], row["name"]) for row in _rows("communes.csv")]
    provinces = [row["name"] for row in _rows("provinces.csv")]
    for kind, name in communes:
        yield "places", name if random_.random() < 0.5 else f"{_KINDS[kind]} {name}"
    for _ in range(PEOPLE):
        yield "people", vietnamese_name(random_, female=random_.random() < 0.5)
    for kind, count, sentences in (
        ("organisations", ORGANISATIONS, _ORGANISATIONS),
        ("slogans", SLOGANS, _SLOGANS),
    ):
        for _ in range(count):
            person = vietnamese_name(random_, female=random_.random() < 0.5)
            yield (
                kind,
                random_.choice(sentences).format(
                    place=random_.choice(communes)[1],
                    province=random_.choice(provinces),
                    given=" ".join(person.split(" ")[-2:]),
                ),
            )


def _rows(name: str) -> list[dict[str, str]]:
    with (_PLACES / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
