"""Row 8 of the rules of security: what may leave is written here by hand, so that a new column is hidden until it is named."""

from registry.open_data.rules import dictionary_of
from registry.open_data.rules.columns import COLUMNS
from registry.open_data.rules.kinds import LICENCES, STOCKS, DatasetKind, Licence
from registry.open_data.rules.names import CATEGORIES_EN, TRAITS, category_name
from registry.open_data.rules.states import EVER_PUBLIC, FOLLOWING, ReleaseState, may_follow
from registry.open_data.views.shown import PREVIEW
from registry.training.queries.counting import TRAITS as COUNTED
from registry.training.rules import CATEGORIES

MAY_LEAVE = {
    DatasetKind.INDICATORS: (
        "ma chi_tieu chi_tieu_en chuong_trinh dia_ban dinh_nghia don_vi_tinh tu_ngay den_ngay gia_tri gan_dung "
        "kem_theo ke_hoach van_ban_giao ty_le nguon so_lieu_ngay trang_thai ly_do"
    ),
    DatasetKind.TRAINING: (
        "nhom_ma nhom nhom_en so_nguoi so_luot dia_ban tu_ngay den_ngay so_lieu_ngay trang_thai ly_do"
    ),
    DatasetKind.BREAKDOWN: (
        "nhom_ma nhom nhom_en dac_diem_ma dac_diem dac_diem_en tra_loi so_nguoi dia_ban tu_ngay den_ngay "
        "so_lieu_ngay trang_thai ly_do"
    ),
    DatasetKind.SECTORS: (
        "linh_vuc_ma linh_vuc linh_vuc_en cau cung chua_ro chenh_lech dia_ban so_lieu_ngay trang_thai ly_do"
    ),
    DatasetKind.AREAS: "dia_ban_ma dia_ban cau cung chua_ro chenh_lech so_lieu_ngay trang_thai ly_do",
}


def test_only_columns_named_by_hand_leave() -> None:
    assert {kind: " ".join(one.name for one in columns) for kind, columns in COLUMNS.items()} == MAY_LEAVE
    for kind, columns in COLUMNS.items():
        assert dictionary_of(columns, "x.csv")["tableSchema"]["columns"]
        assert all(one.title and one.title_en and one.description for one in columns), kind
        assert set(PREVIEW[kind]) <= {one.name for one in columns}


def test_names_follow_the_lists_of_the_internal_report() -> None:
    assert list(TRAITS) == list(COUNTED)
    assert list(CATEGORIES_EN) == [one.code for one in CATEGORIES]
    assert category_name("vocational") == "Đào tạo nghề"
    assert set(LICENCES) == set(Licence)
    assert set(DatasetKind) > STOCKS


def test_a_release_comes_out_only_from_waiting_and_never_comes_back() -> None:
    out = {state for state in ReleaseState if may_follow(state, ReleaseState.PUBLISHED)}
    assert out == {ReleaseState.WAITING}
    assert {ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN} == EVER_PUBLIC
    assert FOLLOWING[ReleaseState.WITHDRAWN] == FOLLOWING[ReleaseState.REFUSED] == frozenset()
