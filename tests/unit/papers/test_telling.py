"""Which texts of a hidden CV tell who it is about."""

import pytest

from registry.papers.rules.telling import Telling

TELLING = Telling(
    names=("Lò Thị Mai", "Mary Okafor"),
    bodies=("Bệnh viện Đa khoa tỉnh Lai Châu", "Trường Đại học Bách khoa Hà Nội", "Viettel"),
    places=(
        "Xã Mường Tè, tỉnh Lai Châu",
        "Số 12 phố Trần Phú, phường Tân Phong",
        "thành phố Huế",
        "tỉnh Bến Tre (nay là tỉnh Vĩnh Long)",
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "Bác sĩ Lò Thị Mai",
        "lo thi mai, bác sĩ",
        "Bác sĩ Thị Mai",
        "Mai Lò, bác sĩ",
        "Bác sĩ Mai",
        "Lò-Thị-Mai",
        "Lò.Thị.Mai",
        "bs lothimai",
        "L_ò T_h_ị M_a_i",
        "Bác sĩ Lo\u0300 Thi\u0323 Mai",
        "Dr. Okafor",
        "Phó khoa Nhi, Bệnh viện Đa khoa",
        "Giảng viên đại học Bách khoa",
        "Kỹ sư viettel",
        "Phó khoa ở BVĐK",
        "Cán bộ xã Mường Tè",
        "Bác sĩ ở Lai Châu",
        "Nhà ở phố 12, Tân Phong",
        "Gọi 0912 345 678",
        "Gọi 091.234.5678",
        "Chứng chỉ số 2019/1234567",
        "mai@vidu.vn",
        "Gọi 0912_345·678",
        "Công tác ở Huế",
        "Từng ở Vĩnh Long",
        "xem www.vidu.vn/mai",
        "hồ sơ ở linkedin.com",
    ],
)
def test_what_tells_is_dropped(text: str) -> None:
    assert TELLING.tells(text)
    assert TELLING.kept(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bác sĩ Nhi khoa",
        "Phó trưởng khoa Nhi",
        "Trưởng phòng Kế hoạch, 15 năm",
        "Kỹ sư phần mềm ASP.NET, C++ và Node.js",
        "Điều dưỡng bậc 4 từ 2014",
        "TOEIC 850, IELTS 7.5",
        "Cấp cứu nhi, hồi sức sơ sinh",
        "Trồng hoa mai, hoa đào",
        "Mai táng, an táng",
    ],
)
def test_what_does_not_tell_stays_as_it_is(text: str) -> None:
    assert TELLING.kept(text) == text


def test_nothing_known_tells_nothing_but_numbers_and_addresses() -> None:
    empty = Telling((), (), ())
    assert empty.kept("Bác sĩ Lò Thị Mai") == "Bác sĩ Lò Thị Mai"
    assert empty.tells("0912345678")


def test_a_name_of_one_word_tells() -> None:
    assert Telling(("Mai",), (), ()).tells("Cô giáo Mai")
