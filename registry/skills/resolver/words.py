"""Words around a skill that are not the skill: roles, lead-ins, and what syllables are abbreviated to.

Facts of the Vietnamese language, not of the vocabulary. Never listed as a role: quản lý, công nghệ, kỹ thuật,
khoa học; they are parts of names.
"""

from registry.text import accented_key

# Before the skill.
_ROLES_BEFORE = """
kĩ sư|kĩ sư chuyên ngành|chuyên viên|chuyên viên chính|chuyên viên cao cấp|cử nhân|bác sĩ|bác sĩ chuyên khoa
|y sĩ|dược sĩ|thạc sĩ|tiến sĩ|phó giáo sư|giáo sư|giảng viên|giáo viên|thợ|nhân viên|kĩ thuật viên|cán bộ
|cán bộ phụ trách|công chức|viên chức|chuyên gia|kĩ năng|nghiệp vụ|chuyên ngành|ngành|nghề|chuyên môn
|môn|bộ môn|lĩnh vực|công tác|kiến thức|kiến thức về|kinh nghiệm|kinh nghiệm về|kinh nghiệm trong|am hiểu
|am hiểu về|hiểu biết|hiểu biết về|thành thạo|sử dụng thành thạo|sử dụng tốt|biết|sử dụng|lập trình
|lập trình viên|ngôn ngữ|ngôn ngữ lập trình|chứng chỉ|bằng|bằng cấp|tốt nghiệp|tốt nghiệp ngành|khả năng
|năng lực|có kinh nghiệm|có kinh nghiệm về|có kiến thức|có kiến thức về|trưởng phòng|phó phòng
|trưởng phòng kĩ thuật|trợ lí|thực tập sinh|chuyên khoa|chuyên khoa i|chuyên khoa ii|bác sĩ chuyên khoa i
|bác sĩ chuyên khoa ii|bác sĩ nội trú|cố vấn|tư vấn viên|công nhân|người làm|trình độ|đại học|cao đẳng
|trung cấp nghề|sinh viên|sinh viên ngành|nghiên cứu sinh|trưởng nhóm|phụ trách|làm|học|dạy|vị trí
|senior|junior|middle|fresher|lead|experience in|experience with|knowledge of|skills in|certified|professional
|ks|bs|cn|ths|ts|pgs|pgs.ts|gs|gs.ts|ktv|cv|gv|nv|cb|ds|cki|ckii|ck1|ck2|bscki|bsckii|bsck1|bsck2|bsnt|bs.cki
|bs.ckii|th.s|kn|gđ|tp|cvcc|cvc
"""
_ROLES_AFTER = """
developer|engineer|specialist|coach|programmer|expert|skills|skill|programming|certificate|officer|technician
|consultant|professional|intern|trainee|practitioner|dev|coding|language|knowledge|experience
|inspector|operator|executive|generalist|associate|administrator|coordinator|artisan
|viên chức|cán bộ|chuyên viên|kĩ sư
"""

# What a short token may stand for inside a longer text. Accepted only when the whole then is a label.
_EXPANSIONS = """
ql: quản lí | qt: quản trị | cn: công nghệ; chăn nuôi; công nghiệp | cnc: công nghệ cao
| cntt: công nghệ thông tin | kt: kĩ thuật; kế toán; kinh tế; kiểm toán; khai thác
| nn: nhà nước; nông nghiệp; ngoại ngữ | xd: xây dựng | ts: thủy sản; tài sản
| kh: khoa học; kế hoạch | tc: tài chính; tổ chức | mt: môi trường; máy tính
| tnmt: tài nguyên và môi trường | tn&mt: tài nguyên và môi trường | gd: giáo dục
| gd&đt: giáo dục và đào tạo | đt: đào tạo; điện tử; đấu thầu; đầu tư; đô thị
| lđ: lao động; lãnh đạo | at: an toàn | atvs: an toàn vệ sinh | vs: vệ sinh | tp: thực phẩm
| dl: du lịch; dữ liệu | csdl: cơ sở dữ liệu | sx: sản xuất | vb: văn bản | da: dự án
| nl: nhân lực; năng lượng | nnl: nguồn nhân lực | ns: nhân sự; ngân sách | đđ: đất đai
| ks: khách sạn; kiểm soát | hc: hành chính | dn: doanh nghiệp | nh: ngân hàng; nhà hàng
| vt: viễn thông; vận tải; văn thư; vật tư | sh: sinh học | bv: bảo vệ | tv: thực vật; thư viện
| pm: phần mềm | xh: xã hội | ct: chính trị; công trình; công tác
| tt: thông tin; truyền thông; thủ tục | ptnt: phát triển nông thôn | nsnn: ngân sách nhà nước
| shtt: sở hữu trí tuệ | bđs: bất động sản | gs: giám sát | tk: thiết kế | sp: sư phạm; sản phẩm
| pt: phát triển; phân tích | gt: giao thông; giao tiếp | ds: dân sự; dân số | cb: cán bộ; chế biến
| tl: tâm lí; thủy lợi | cđ: cầu đường | hđ: hoạt động | kd: kinh doanh
| kn: kĩ năng; khuyến nông; khởi nghiệp | nv: nghiệp vụ | lt: lập trình; lưu trữ
| ai: trí tuệ nhân tạo | xl: xử lí | xlnt: xử lí nước thải | yt: y tế | cs: chính sách; chăm sóc
| bh: bảo hiểm | bhxh: bảo hiểm xã hội | tmđt: thương mại điện tử | httt: hệ thống thông tin
| đtvt: điện tử viễn thông | ht: hệ thống | qlnn: quản lí nhà nước | llct: lí luận chính trị
| đmst: đổi mới sáng tạo | qđ: quyết định | dd: dân dụng | dd&cn: dân dụng và công nghiệp
| tđ: thủy điện | đkt: điều khiển | tđh: tự động hóa | hs: hồ sơ; hải sản | tthc: thủ tục hành chính
| cchc: cải cách hành chính | ptdl: phân tích dữ liệu | khdl: khoa học dữ liệu | ta: tiếng anh
| vhtt: văn hóa thông tin | vh: văn hóa | tdtt: thể dục thể thao | btxh: bảo trợ xã hội
| pccc: phòng cháy chữa cháy | hdv: hướng dẫn viên | vbqppl: văn bản quy phạm pháp luật
| vbhc: văn bản hành chính | ctr: chất thải rắn | kcn: khu công nghiệp | khkt: khoa học kỹ thuật
| ubnd: ủy ban nhân dân | mtqg: mục tiêu quốc gia | nct: người cao tuổi | nkt: người khuyết tật
"""


def phrases(table: str) -> dict[int, frozenset[str]]:
    """The phrases of a table by their number of tokens."""
    keys = {accented_key(phrase) for phrase in table.replace("\n", " ").split("|")} - {""}
    lengths = {len(key.split(" ")) for key in keys}
    return {length: frozenset(key for key in keys if len(key.split(" ")) == length) for length in lengths}


def _readings(table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in table.replace("\n", " ").split("|"):
        short, _, readings = entry.partition(":")
        found[accented_key(short)] = tuple(accented_key(reading) for reading in readings.split(";"))
    return found


ROLES_BEFORE = phrases(_ROLES_BEFORE)
ROLES_AFTER = phrases(_ROLES_AFTER)
EXPANSIONS = _readings(_EXPANSIONS)
# Single words that say who, not what: they do not count when rare words are compared.
ROLE_WORDS = ROLES_AFTER[1] | {
    "manager",
    "worker",
    "operator",
    "assistant",
    "supervisor",
    "director",
    "staff",
}
