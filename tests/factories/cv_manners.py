"""CVs of made-up people in twenty manners, with what a reader is to find in each. Nobody of them exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Post = tuple[str, str, str, str]
"""Title, place of work, from, to («nay» where it goes on)."""
Study = tuple[str, str, str, str]
"""Code of the degree, what was studied, school, until."""


@dataclass(frozen=True)
class Manner:
    """A CV as its lines, and what stands in it. A tab parts the cells of a table."""

    name: str
    text: str
    person: Mapping[str, str]
    posts: Sequence[Post] = ()
    studies: Sequence[Study] = ()
    languages: Mapping[str, str] = field(default_factory=dict[str, str])
    skills: Sequence[str] = ()


MANNERS: Sequence[Manner] = (
    Manner(
        "table, period first",
        """SƠ YẾU LÝ LỊCH
Họ và tên: Nguyễn Thị Hòa
Ngày sinh: 12/03/1985
Điện thoại: 0912 345 678
Email: hoa.nguyen@minhhoa.example
QUÁ TRÌNH HỌC TẬP
2003 – 2007\tTrường Đại học Sư phạm Thái Nguyên\tCử nhân Sư phạm Toán
2010 – 2012\tĐại học Quốc gia Hà Nội\tThạc sĩ Quản lý giáo dục
QUÁ TRÌNH CÔNG TÁC
09/2007 – 08/2015\tGiáo viên Toán\tTrường THPT Chuyên Lai Châu
09/2015 – nay\tPhó hiệu trưởng\tTrường THPT số 2 Tam Đường
NGOẠI NGỮ
Tiếng Anh: B1
KỸ NĂNG
Soạn giáo án, quản lý lớp học, Excel""",
        {"full_name": "Nguyễn Thị Hòa", "birth": "12/03/1985", "phone": "0912 345 678", "email": "hoa.nguyen@minhhoa.example"},
        (("Giáo viên Toán", "Trường THPT Chuyên Lai Châu", "09/2007", "08/2015"), ("Phó hiệu trưởng", "Trường THPT số 2 Tam Đường", "09/2015", "nay")),
        (("DH", "Sư phạm Toán", "Trường Đại học Sư phạm Thái Nguyên", "2007"), ("THS", "Quản lý giáo dục", "Đại học Quốc gia Hà Nội", "2012")),
        {"en": "B1"},
        ("Soạn giáo án", "quản lý lớp học", "Excel"),
    ),
    Manner(
        "post, place, period below each other",
        """TRẦN VĂN ĐỨC
Kỹ sư xây dựng
duc.tran@minhhoa.example | 0987 654 321 | Điện Biên
KINH NGHIỆM LÀM VIỆC
Chỉ huy trưởng công trình
Công ty Cổ phần Xây dựng Tây Bắc
03/2016 - hiện tại
- Quản lý 40 công nhân
- Nghiệm thu, thanh quyết toán
Kỹ sư giám sát
Công ty TNHH Tư vấn Đà Giang
07/2011 - 02/2016
- Giám sát thi công đường
HỌC VẤN
Đại học Giao thông Vận tải
Kỹ sư Xây dựng cầu đường
2006 - 2011
KỸ NĂNG
AutoCAD
Dự toán công trình
NGOẠI NGỮ
Tiếng Anh giao tiếp""",
        {"full_name": "Trần Văn Đức", "headline": "Kỹ sư xây dựng", "phone": "0987 654 321", "email": "duc.tran@minhhoa.example"},
        (("Chỉ huy trưởng công trình", "Công ty Cổ phần Xây dựng Tây Bắc", "03/2016", "nay"), ("Kỹ sư giám sát", "Công ty TNHH Tư vấn Đà Giang", "07/2011", "02/2016")),
        (("DH", "Xây dựng cầu đường", "Đại học Giao thông Vận tải", "2011"),),
        {"en": "giao tiếp"},
        ("AutoCAD", "Dự toán công trình"),
    ),
    Manner(
        "labels in each entry",
        """Họ tên: Lò Văn Inh
Năm sinh: 1979
Quốc tịch: Việt Nam
SĐT: 0333 222 111
I. TRÌNH ĐỘ HỌC VẤN
Trường: Đại học Nông Lâm Thái Nguyên
Chuyên ngành: Chăn nuôi thú y
Trình độ: Đại học
Thời gian: 1998 – 2003
II. KINH NGHIỆM CÔNG TÁC
Thời gian: Từ 8/2003 đến 12/2010
Đơn vị: Chi cục Thú y tỉnh Lai Châu
Chức vụ: Kiểm dịch viên
Thời gian: Từ 01/2011 đến nay
Đơn vị: Trung tâm Khuyến nông Sìn Hồ
Chức vụ: Phó giám đốc
III. KỸ NĂNG
- Chẩn đoán bệnh gia súc
- Tập huấn nông dân
IV. NGOẠI NGỮ
- Tiếng Mông: thành thạo""",
        {"full_name": "Lò Văn Inh", "birth": "1979", "nationalities": "Việt Nam", "phone": "0333 222 111"},
        (("Kiểm dịch viên", "Chi cục Thú y tỉnh Lai Châu", "08/2003", "12/2010"), ("Phó giám đốc", "Trung tâm Khuyến nông Sìn Hồ", "01/2011", "nay")),
        (("DH", "Chăn nuôi thú y", "Đại học Nông Lâm Thái Nguyên", "2003"),),
        {"hmn": "thành thạo"},
        ("Chẩn đoán bệnh gia súc", "Tập huấn nông dân"),
    ),
    Manner(
        "English, post and place in a line, period behind",
        """Linh Pham
Data Scientist
linh.pham@minhhoa.example  |  +1 415 555 0132  |  San Francisco
SUMMARY
Data scientist with eight years of experience in health care.
EXPERIENCE
Senior Data Scientist, Bay Health Technologies (June 2019 – Present)
• Led a team of five
• Models for hospital readmission
Data Analyst, Golden Gate University Hospital (Aug 2015 – May 2019)
• Dashboards
EDUCATION
M.Sc. in Statistics, Bay State University, 2013 – 2015
B.Sc. in Mathematics, Vietnam National University, 2009 – 2013
SKILLS
Python, R, SQL, Machine learning, Tableau
LANGUAGES
English (fluent), Vietnamese (native), French (A2)""",
        {"full_name": "Linh Pham", "headline": "Data Scientist", "email": "linh.pham@minhhoa.example", "phone": "+1 415 555 0132"},
        (("Senior Data Scientist", "Bay Health Technologies", "06/2019", "nay"), ("Data Analyst", "Golden Gate University Hospital", "08/2015", "05/2019")),
        (("THS", "Statistics", "Bay State University", "2015"), ("DH", "Mathematics", "Vietnam National University", "2013")),
        {"en": "fluent", "vi": "native", "fr": "A2"},
        ("Python", "R", "SQL", "Machine learning", "Tableau"),
    ),
    Manner(
        "English, place above the post",
        """MINH HOANG VU
Berlin, Germany
+49 30 1234567 · minh.vu@minhhoa.example
PROFESSIONAL EXPERIENCE
Spree Semiconductor GmbH, Berlin
Process Engineer
April 2017 – present
- Yield analysis for 28 nm
Red River Electronics Co., Ltd
Junior Engineer
2013 – 2015
EDUCATION
Technical University of Spree
Master of Engineering in Microelectronics
2015 – 2017
Hanoi Institute of Technology
Bachelor of Electronics
2009 – 2013
TECHNICAL SKILLS
Lithography; Process control; MATLAB
LANGUAGE SKILLS
German C1
English C1""",
        {"full_name": "Minh Hoang Vu", "email": "minh.vu@minhhoa.example", "phone": "+49 30 1234567"},
        (("Process Engineer", "Spree Semiconductor GmbH, Berlin", "04/2017", "nay"), ("Junior Engineer", "Red River Electronics Co., Ltd", "2013", "2015")),
        (("THS", "Microelectronics", "Technical University of Spree", "2017"), ("DH", "Electronics", "Hanoi Institute of Technology", "2013")),
        {"de": "C1", "en": "C1"},
        ("Lithography", "Process control", "MATLAB"),
    ),
    Manner(
        "sentences with a colon behind the period",
        """Giàng A Sáng
Điện thoại: 0865 111 222 – Email: sang@minhhoa.example
Đào tạo:
2012–2016: Học viện Hành chính Quốc gia, cử nhân Quản lý nhà nước, loại Khá
Quá trình công tác:
2016–2019: Công chức Văn phòng – Thống kê, UBND xã Tủa Sín Chải
2019–nay: Phó chủ tịch UBND xã Tủa Sín Chải
Ngoại ngữ: Tiếng Mông, Tiếng Anh A2
Kỹ năng: Soạn thảo văn bản, tiếp công dân""",
        {"full_name": "Giàng A Sáng", "phone": "0865 111 222", "email": "sang@minhhoa.example"},
        (("Công chức Văn phòng – Thống kê", "UBND xã Tủa Sín Chải", "2016", "2019"), ("Phó chủ tịch", "UBND xã Tủa Sín Chải", "2019", "nay")),
        (("DH", "Quản lý nhà nước", "Học viện Hành chính Quốc gia", "2016"),),
        {"hmn": "", "en": "A2"},
        ("Soạn thảo văn bản", "tiếp công dân"),
    ),
    Manner(
        "without marks of letters",
        """Ho ten: Pham Thi Lan
Email: lan.pham@minhhoa.example
KINH NGHIEM LAM VIEC
01/2018 - nay: Ke toan truong, Cong ty TNHH Che Phong Tho
05/2012 - 12/2017: Ke toan vien, Hop tac xa Ban Bo
HOC VAN
2008 - 2012: Dai hoc Kinh te Quoc dan, Cu nhan Ke toan
KY NANG
Excel, MISA
NGOAI NGU
Tieng Anh B1""",
        {"full_name": "Pham Thi Lan", "email": "lan.pham@minhhoa.example"},
        (("Ke toan truong", "Cong ty TNHH Che Phong Tho", "01/2018", "nay"), ("Ke toan vien", "Hop tac xa Ban Bo", "05/2012", "12/2017")),
        (("DH", "Ke toan", "Dai hoc Kinh te Quoc dan", "2012"),),
        {"en": "B1"},
        ("Excel", "MISA"),
    ),
    Manner(
        "numbered headings, years only, doctor",
        """LÝ LỊCH KHOA HỌC
Họ và tên: PGS.TS. Vũ Minh Quân
Ngày sinh: 01-05-1970
Email: quan.vu@minhhoa.example
1. Quá trình đào tạo
1988 - 1993: Bác sĩ đa khoa, Đại học Y Hà Nội
1996 - 1999: Thạc sĩ Nội khoa, Đại học Y Hà Nội
2001 - 2006: Tiến sĩ Tim mạch, Học viện Quân y
2. Quá trình công tác
1993 - 2006: Bác sĩ điều trị, Bệnh viện Đa khoa Mường La
2006 - nay: Trưởng khoa Tim mạch, Bệnh viện Trung ương Tây Bắc
3. Ngoại ngữ
Tiếng Pháp: thành thạo; Tiếng Anh: B2
4. Công trình khoa học
1. Vũ Minh Quân (2015). Suy tim ở vùng cao. Tạp chí Tim mạch.""",
        {"full_name": "Vũ Minh Quân", "birth": "01/05/1970", "email": "quan.vu@minhhoa.example"},
        (("Bác sĩ điều trị", "Bệnh viện Đa khoa Mường La", "1993", "2006"), ("Trưởng khoa Tim mạch", "Bệnh viện Trung ương Tây Bắc", "2006", "nay")),
        (("DH", "", "Đại học Y Hà Nội", "1993"), ("THS", "Nội khoa", "Đại học Y Hà Nội", "1999"), ("TS", "Tim mạch", "Học viện Quân y", "2006")),
        {"fr": "thành thạo", "en": "B2"},
    ),
    Manner(
        "English academic",
        """Curriculum Vitae
Dr. Thu Ha Nguyen
thuha@minhhoa.example
Academic Background
2010–2014  PhD in Materials Science, University of Kansai
2008–2010  Master of Science, University of Kansai
Appointments
2018–present  Associate Professor, Institute for Materials, University of Kansai
2014–2018  Postdoctoral Researcher, Lakeside Laboratory
Selected Publications
Nguyen TH (2020). Thin films. J. Made Up 12, 2019–2021.
Languages
Japanese: JLPT N1
English: TOEIC 945
Awards
2016 Young Scientist Award""",
        {"full_name": "Thu Ha Nguyen", "email": "thuha@minhhoa.example"},
        (("Associate Professor", "Institute for Materials, University of Kansai", "2018", "nay"), ("Postdoctoral Researcher", "Lakeside Laboratory", "2014", "2018")),
        (("TS", "Materials Science", "University of Kansai", "2014"), ("THS", "", "University of Kansai", "2010")),
        {"ja": "JLPT N1", "en": "TOEIC 945"},
    ),
    Manner(
        "at and tại, months in words",
        """Đỗ Quang Huy
0905 000 111
quanghuy@minhhoa.example
Kinh nghiệm
Lập trình viên tại Công ty TNHH Sông Đà Software
Tháng 6 năm 2020 – Hiện nay
Phát triển ứng dụng đặt xe
Thực tập sinh tại Trung tâm Tin học Mường Thanh
Tháng 1/2020 – Tháng 5/2020
Học vấn
Cử nhân Công nghệ thông tin tại Đại học Tây Bắc
2016 – 2020
Kỹ năng chuyên môn
Java, Spring Boot, React, Docker
Chứng chỉ
TOEIC 700 (2019)""",
        {"full_name": "Đỗ Quang Huy", "phone": "0905 000 111", "email": "quanghuy@minhhoa.example"},
        (("Lập trình viên", "Công ty TNHH Sông Đà Software", "06/2020", "nay"), ("Thực tập sinh", "Trung tâm Tin học Mường Thanh", "01/2020", "05/2020")),
        (("DH", "Công nghệ thông tin", "Đại học Tây Bắc", "2020"),),
        {},
        ("Java", "Spring Boot", "React", "Docker"),
    ),
    Manner(
        "profile page in English, period with months of one year",
        """Profile
Name: Bao Chau Le
Date of birth: 5 May 1992
Nationality: Vietnamese
Phone: +81 80 1111 2222
Employment History
Nurse at Minato General Hospital, Osaka
Apr 2016 to Mar 2021
Head Nurse at Hikari Care Center
Apr 2021 to date
Education and Training
Bachelor of Nursing, Hai Phong Medical University
2010 to 2014
Skills: Emergency care, geriatric care, wound care
Languages: Japanese N2, English B1""",
        {"full_name": "Bao Chau Le", "birth": "05/05/1992", "nationalities": "Vietnamese", "phone": "+81 80 1111 2222"},
        (("Nurse", "Minato General Hospital, Osaka", "04/2016", "03/2021"), ("Head Nurse", "Hikari Care Center", "04/2021", "nay")),
        (("DH", "Nursing", "Hai Phong Medical University", "2014"),),
        {"ja": "N2", "en": "B1"},
        ("Emergency care", "geriatric care", "wound care"),
    ),
    Manner(
        "period right of the place, post below",
        """HÀ THỊ NGỌC
Nhân viên kinh doanh
ngoc.ha@minhhoa.example
Kinh nghiệm làm việc
Công ty CP Dược Hoa Ban\t02/2019 – nay
Trình dược viên
• Phụ trách 3 huyện
Siêu thị Mường So\t2017 – 2019
Nhân viên bán hàng
Học vấn
Cao đẳng Y tế Sơn La\t2014 – 2017
Cao đẳng Dược
Kỹ năng
• Giao tiếp
• Bán hàng""",
        {"full_name": "Hà Thị Ngọc", "headline": "Nhân viên kinh doanh", "email": "ngoc.ha@minhhoa.example"},
        (("Trình dược viên", "Công ty CP Dược Hoa Ban", "02/2019", "nay"), ("Nhân viên bán hàng", "Siêu thị Mường So", "2017", "2019")),
        (("CD", "Dược", "Cao đẳng Y tế Sơn La", "2017"),),
        {},
        ("Giao tiếp", "Bán hàng"),
    ),
    Manner(
        "groups of skills, levels in words",
        """Kim Ngan Tran
ngan@minhhoa.example
Technical Skills
Programming: Python (advanced), Go (basic)
Databases: PostgreSQL, Redis
Soft skills
Teamwork, Public speaking
Work History
Backend Developer | Lotus Fintech JSC | 2021-03 – present
QA Engineer | Bamboo Studio | 2018-07 – 2021-02
Education
Bachelor of Computer Science | Da Nang Institute of Technology | 2014 – 2018
Languages
English – IELTS 6.5
Korean – TOPIK 3""",
        {"full_name": "Kim Ngan Tran", "email": "ngan@minhhoa.example"},
        (("Backend Developer", "Lotus Fintech JSC", "03/2021", "nay"), ("QA Engineer", "Bamboo Studio", "07/2018", "02/2021")),
        (("DH", "Computer Science", "Da Nang Institute of Technology", "2018"),),
        {"en": "IELTS 6.5", "ko": "TOPIK 3"},
        ("Python (advanced)", "Go (basic)", "PostgreSQL", "Redis", "Teamwork", "Public speaking"),
    ),
    Manner(
        "cadre's curriculum",
        """SƠ YẾU LÝ LỊCH
1) Họ và tên khai sinh: LÝ A PÁO
Họ và tên: Lý A Páo
Sinh ngày: 20 tháng 10 năm 1982
Dân tộc: Mông
Trình độ chuyên môn
Đại học Luật Hà Nội – Cử nhân Luật (2001 – 2005)
Quá trình công tác
10/2005 – 06/2012: Chuyên viên Phòng Tư pháp, UBND huyện Phong Thổ
07/2012 – 08/2020: Phó trưởng phòng, Sở Tư pháp tỉnh Lai Châu
09/2020 – nay: Trưởng phòng Hành chính, Sở Tư pháp tỉnh Lai Châu
Quan hệ gia đình
Bố: Lý A Dơ, sinh 1955""",
        {"full_name": "Lý A Páo", "birth": "20/10/1982"},
        (
            ("Chuyên viên Phòng Tư pháp", "UBND huyện Phong Thổ", "10/2005", "06/2012"),
            ("Phó trưởng phòng", "Sở Tư pháp tỉnh Lai Châu", "07/2012", "08/2020"),
            ("Trưởng phòng Hành chính", "Sở Tư pháp tỉnh Lai Châu", "09/2020", "nay"),
        ),
        (("DH", "Luật", "Đại học Luật Hà Nội", "2005"),),
    ),
    Manner(
        "American dates in words, commas everywhere",
        """David Lê
Austin, Texas
(512) 555-0188
david.le@minhhoa.example
Work Experience
Lone Star Chips Inc., Austin, TX
Senior Verification Engineer, January 2018 - Present
Verified memory controllers.
Mesa Systems Inc., Austin, TX
Verification Engineer, July 2012 - December 2017
Education
University of Mesa, B.S. in Electrical Engineering, May 2012
Skills
SystemVerilog, UVM, Python""",
        {"full_name": "David Lê", "phone": "(512) 555-0188", "email": "david.le@minhhoa.example"},
        (("Senior Verification Engineer", "Lone Star Chips Inc., Austin, TX", "01/2018", "nay"), ("Verification Engineer", "Mesa Systems Inc., Austin, TX", "07/2012", "12/2017")),
        (("DH", "Electrical Engineering", "University of Mesa", "05/2012"),),
        {},
        ("SystemVerilog", "UVM", "Python"),
    ),
    Manner(
        "both languages in headings",
        """Hoàng Thu Trang
trang@minhhoa.example / 0977 123 456
Học vấn / Education
Học viện Ngân hàng – Cử nhân Tài chính ngân hàng – 2011 – 2015
Kinh nghiệm / Experience
Chuyên viên tín dụng – Ngân hàng Nông nghiệp chi nhánh Than Uyên – 2015 – 2020
Giám đốc phòng giao dịch – Ngân hàng Nông nghiệp chi nhánh Than Uyên – 2020 – nay
Kỹ năng / Skills
Thẩm định tín dụng, Phân tích tài chính
Ngoại ngữ / Languages
Tiếng Anh (IELTS 5.5), Tiếng Trung (HSK 3)""",
        {"full_name": "Hoàng Thu Trang", "email": "trang@minhhoa.example", "phone": "0977 123 456"},
        (
            ("Chuyên viên tín dụng", "Ngân hàng Nông nghiệp chi nhánh Than Uyên", "2015", "2020"),
            ("Giám đốc phòng giao dịch", "Ngân hàng Nông nghiệp chi nhánh Than Uyên", "2020", "nay"),
        ),
        (("DH", "Tài chính ngân hàng", "Học viện Ngân hàng", "2015"),),
        {"en": "IELTS 5.5", "zh": "HSK 3"},
        ("Thẩm định tín dụng", "Phân tích tài chính"),
    ),
    Manner(
        "wrapped lines and long descriptions",
        """NGUYỄN HẢI NAM
Chuyên gia nông nghiệp
hainam@minhhoa.example
GIỚI THIỆU
Hơn 15 năm kinh nghiệm về cây chè, từ năm 2005 đến nay đã làm việc ở nhiều tỉnh.
KINH NGHIỆM
Chuyên gia cây chè
Viện Khoa học Nông lâm nghiệp miền núi
2012 – nay
• Chủ trì 4 đề tài về giống chè trong giai đoạn 2013 – 2019, chuyển giao cho hơn 20 hợp tác xã ở Lai
Châu và Yên Bái, viết tài liệu tập huấn.
• Tư vấn chế biến chè xanh.
Cán bộ kỹ thuật
Công ty Chè Than Uyên
2005 – 2012
• Quản lý vùng nguyên liệu.
HỌC VẤN
Thạc sĩ Trồng trọt
Trường Đại học Nông nghiệp Đông Bắc
2009 – 2011""",
        {"full_name": "Nguyễn Hải Nam", "headline": "Chuyên gia nông nghiệp", "email": "hainam@minhhoa.example"},
        (("Chuyên gia cây chè", "Viện Khoa học Nông lâm nghiệp miền núi", "2012", "nay"), ("Cán bộ kỹ thuật", "Công ty Chè Than Uyên", "2005", "2012")),
        (("THS", "Trồng trọt", "Trường Đại học Nông nghiệp Đông Bắc", "2011"),),
    ),
    Manner(
        "one year for each study",
        """Sùng Thị Mỷ
0388 123 123
my.sung@minhhoa.example
BẰNG CẤP
Trung cấp Điều dưỡng, Trường Trung cấp Y tế Lai Châu, tốt nghiệp 2010
Đại học Điều dưỡng Nam Định, cử nhân Điều dưỡng, tốt nghiệp năm 2018
CÔNG VIỆC
Điều dưỡng, Trạm y tế xã Nậm Tăm, từ 2010 đến 2018
Điều dưỡng trưởng, Trung tâm Y tế Sìn Hồ, từ 2018 đến nay""",
        {"full_name": "Sùng Thị Mỷ", "phone": "0388 123 123", "email": "my.sung@minhhoa.example"},
        (("Điều dưỡng", "Trạm y tế xã Nậm Tăm", "2010", "2018"), ("Điều dưỡng trưởng", "Trung tâm Y tế Sìn Hồ", "2018", "nay")),
        (("TC", "Điều dưỡng", "Trường Trung cấp Y tế Lai Châu", "2010"), ("DH", "Điều dưỡng", "Đại học Điều dưỡng Nam Định", "2018")),
    ),
    Manner(
        "references at the end",
        """Anna Nguyen-Müller
Munich | anna@minhhoa.example | +49 151 23456789
Career
10/2020 – now
Product Manager
Alpen Robotics GmbH
03/2016 – 09/2020
Business Analyst
Donau Consulting
Studies
10/2013 – 02/2016
Master of Business Administration
University of Donau
References
Prof. Dr. Karl Beispiel, Director, University of Donau, karl@donau.example, +49 89 000000
Languages
German (native)
Vietnamese (B2)""",
        {"full_name": "Anna Nguyen-Müller", "email": "anna@minhhoa.example", "phone": "+49 151 23456789"},
        (("Product Manager", "Alpen Robotics GmbH", "10/2020", "nay"), ("Business Analyst", "Donau Consulting", "03/2016", "09/2020")),
        (("THS", "Business Administration", "University of Donau", "02/2016"),),
        {"de": "native", "vi": "B2"},
    ),
    Manner(
        "nothing but a letter",
        """Kính gửi Sở Nội vụ,
Tôi là Mùa A Tống, hiện đang làm thợ điện ở Bình Dương. Tôi muốn về quê làm việc.
Xin cảm ơn.""",
        {},
    ),
)  # fmt: skip
