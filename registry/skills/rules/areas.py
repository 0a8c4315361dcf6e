"""The areas by which an elite workforce is looked for: what counts as professional, vocational, digital, AI. Pure.

The fifth area people ask for, foreign languages, is told by claims on languages and needs no rule here. A concept may
be of several areas: machine learning is a profession and AI.

- chuyên môn: every concept of the family `profession`;
- kỹ năng nghề: every concept of the family `trade`;
- chuyển đổi số, trí tuệ nhân tạo: the concepts listed below and whatever is narrower than one of them, also what
  curators add there. Writing software as such is a profession, no digital transformation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from registry.skills.rules.lists import SkillFamily


class WorkforceArea(StrEnum):
    """One area; the names are those of the facets."""

    PROFESSION = "profession"
    TRADE = "trade"
    DIGITAL = "digital"
    AI = "ai"


FAMILIES: Mapping[WorkforceArea, SkillFamily] = {
    WorkforceArea.PROFESSION: SkillFamily.PROFESSION,
    WorkforceArea.TRADE: SkillFamily.TRADE,
}
ROOTS: Mapping[WorkforceArea, frozenset[str]] = {
    WorkforceArea.DIGITAL: frozenset(
        {
            "IT26",  # chuyển đổi số
            "IT127",  # tự động hóa quy trình bằng robot phần mềm
            "IT155",  # bản sao số
            "IT179",  # chữ ký số
            "IT184",  # nền tảng tích hợp và chia sẻ dữ liệu
            "IT185",  # kiến trúc chính quyền số
            "IT186",  # trung tâm điều hành thông minh
            "IT187",  # kỹ năng số
            "IT189",  # hệ thống thông tin một cửa điện tử
            "IT190",  # số hóa hồ sơ, tài liệu
            "IT191",  # kinh tế số và xã hội số
            "IT206",  # phần mềm quản lý văn bản và điều hành
            "IT207",  # định danh điện tử, Đề án 06
            "IT208",  # tổ công nghệ số cộng đồng
            "IT209",  # quản trị cổng thông tin điện tử
            "AG114",  # chuyển đổi số nông nghiệp
            "CU65",  # số hóa di sản
            "ED07",  # thiết kế bài giảng điện tử
            "ED61",  # ứng dụng AI và công nghệ số trong dạy học
            "FI12",  # thương mại điện tử
            "FI40",  # ngân hàng số và thanh toán điện tử
            "HE118",  # bệnh án điện tử
            "TO47",  # du lịch thông minh
        }
    ),
    WorkforceArea.AI: frozenset(
        {
            "IT15",  # trí tuệ nhân tạo: học máy, học sâu, ngôn ngữ tự nhiên, thị giác máy tính hẹp hơn
            "IT117",  # TensorFlow và Keras
            "IT118",  # PyTorch
            "IT119",  # Scikit-learn
            "IT120",  # kỹ thuật viết câu lệnh AI
            "IT121",  # xây dựng trợ lý ảo
            "IT122",  # nhận dạng tiếng nói
            "IT125",  # hệ thống gợi ý
            "ED61",  # ứng dụng AI và công nghệ số trong dạy học
        }
    ),
}


def concepts_below(
    roots: frozenset[str], codes: Mapping[int, str], narrower: Iterable[tuple[int, int]]
) -> frozenset[int]:
    """The ids of the concepts with these codes and of all below them.

    `narrower` are pairs of ids, (the narrower one, the one it is narrower than); a merged concept is below the one it
    became.
    """
    below: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in narrower:
        below[other].append(one)
    found, waiting = set[int](), [key for key, code in codes.items() if code in roots]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += below[key]
    return frozenset(found)
