"""The words by which CVs announce sections, posts and places of work or study. Facts only; lower case, with marks."""

import re
from collections.abc import Iterable

from registry.text import fold

EDUCATION, EXPERIENCE, SKILLS, LANGUAGES = "education", "experience", "skill", "language"
PERSON, SUMMARY, OTHERS, NOTHING = "about", "summary", "others", ""

HEADINGS: dict[str, tuple[str, ...]] = {
    EDUCATION: (
        "học vấn", "học tập", "trình độ học vấn", "quá trình học tập", "quá trình đào tạo", "đào tạo", "bằng cấp",
        "trình độ chuyên môn", "học vấn và bằng cấp", "quá trình học", "trình độ", "trình độ đào tạo",
        "education", "academic background", "academic qualifications", "education and training",
        "educational background", "academic history", "qualifications", "studies", "degrees",
        "education & qualifications",
    ),
    EXPERIENCE: (
        "kinh nghiệm", "làm việc", "kinh nghiệm làm việc", "quá trình công tác", "quá trình làm việc", "kinh nghiệm công tác",
        "kinh nghiệm chuyên môn", "kinh nghiệm nghề nghiệp", "quá trình hoạt động", "công việc", "lịch sử công tác",
        "work experience", "professional experience", "experience", "employment", "employment history",
        "work history", "career history", "career", "professional background", "relevant experience",
        "research experience", "teaching experience", "appointments", "positions held",
    ),
    SKILLS: (
        "kỹ năng", "kĩ năng", "kỹ năng chuyên môn", "kỹ năng và công cụ", "chuyên môn", "kỹ năng mềm", "tin học",
        "kỹ năng khác", "công nghệ", "năng lực", "năng lực chuyên môn", "các kỹ năng", "kỹ năng nghề nghiệp",
        "skills", "top skills", "technical skills", "professional skills", "core competencies", "competencies", "key skills",
        "skills & tools", "skills and tools", "areas of expertise", "expertise", "technologies", "computer skills",
        "soft skills", "digital skills", "tools", "skill set", "skills summary", "other skills", "job-related skills",
    ),
    LANGUAGES: (
        "ngoại ngữ", "ngôn ngữ", "trình độ ngoại ngữ", "khả năng ngoại ngữ",
        "languages", "language skills", "language", "foreign languages", "language proficiency",
    ),
    PERSON: (
        "thông tin cá nhân", "thông tin liên hệ", "liên hệ", "thông tin", "lý lịch", "sơ yếu lý lịch", "bản thân",
        "contact", "contact details", "contact information", "personal information", "personal details",
        "personal data", "contacts",
    ),
    SUMMARY: (
        "mục tiêu nghề nghiệp", "mục tiêu", "giới thiệu", "tóm tắt", "giới thiệu bản thân", "định hướng nghề nghiệp",
        "objective", "career objective", "summary", "profile", "professional summary", "about me", "about",
        "personal statement", "personal profile", "career summary",
    ),
    OTHERS: (
        "người tham chiếu", "người giới thiệu", "tham chiếu", "references", "referees", "reference",
    ),
    NOTHING: (
        "chứng chỉ", "chứng chỉ và giải thưởng", "giải thưởng", "khen thưởng", "thành tích", "danh hiệu",
        "hoạt động", "hoạt động ngoại khóa", "sở thích", "dự án", "các dự án", "công bố khoa học", "công trình khoa học",
        "bài báo", "thông tin thêm", "thông tin khác", "quan hệ gia đình", "lời cam đoan", "tài liệu công bố",
        "certificates", "certifications", "licenses", "awards", "honors", "honours", "honors and awards",
        "publications", "selected publications", "projects", "personal projects", "volunteering", "volunteer experience",
        "activities", "interests", "hobbies", "additional information", "memberships", "courses", "patents", "grants",
        "conferences", "awards and honors", "extracurricular activities", "training courses", "hobbies and interests",
    ),
}  # fmt: skip

ORGANISATION = (
    "hạt kiểm lâm", "nhà thuốc", "bv", "trạm", "siêu thị", "cửa hàng", "công ty", "tổng công ty", "tập đoàn", "bệnh viện", "trường", "đại học", "học viện", "viện", "sở", "ủy ban",
    "uỷ ban", "ubnd", "trung tâm", "ngân hàng", "cục", "tổng cục", "chi cục", "bộ", "chi nhánh", "phòng khám",
    "trạm y tế", "hợp tác xã", "nhà máy", "xí nghiệp", "doanh nghiệp", "quỹ", "văn phòng", "ban quản lý", "khách sạn",
    "nhà hàng", "nông trường", "lâm trường", "báo", "đài", "khoa", "phòng thí nghiệm", "tòa án", "viện kiểm sát",
    "university", "college", "institute", "school", "academy", "hospital", "clinic", "company", "co.", "ltd", "ltd.",
    "llc", "inc", "inc.", "corp", "corp.", "corporation", "gmbh", "jsc", "plc", "bank", "group", "center", "centre",
    "laboratory", "lab", "labs", "agency", "ministry", "department of", "authority", "foundation", "association",
    "technologies", "solutions", "hotel", "universität", "université", "klinikum", "pte", "k.k.", "s.a.", "b.v.",
    "faculty of", "council", "office of", "unesco", "undp", "unicef", "who", "hochschule", "polytechnic",
)  # fmt: skip

SCHOOL = (
    "trường", "đại học", "đh", "ecole", "école", "học viện", "cao đẳng", "trung cấp", "thpt", "university", "college", "institute", "school",
    "academy", "universität", "université", "hochschule", "polytechnic", "universidad", "institut", "viện",
)  # fmt: skip

POST = (
    "kỹ sư", "chuyên viên", "nhân viên", "trưởng", "phó", "giám đốc", "quản lý", "bác sĩ", "bác sỹ", "điều dưỡng",
    "dược sĩ", "giảng viên", "giáo viên", "kế toán", "nghiên cứu viên", "nghiên cứu sinh", "thực tập", "cộng tác viên",
    "lập trình viên", "chủ tịch", "thư ký", "cán bộ", "tư vấn", "kiến trúc sư", "luật sư", "trợ lý", "trợ giảng",
    "tổ trưởng", "kỹ thuật viên", "hộ sinh", "thợ", "biên tập viên", "phóng viên", "chủ nhiệm", "cố vấn", "điều phối",
    "kiểm toán", "hướng dẫn viên", "quản trị", "tổng giám đốc", "hiệu trưởng", "viên chức", "công chức", "lái xe",
    "thanh tra", "kiểm lâm", "khuyến nông", "nhà khoa học", "chuyên gia", "đội trưởng", "nghiên cứu",
    "engineer", "developer", "manager", "director", "analyst", "scientist", "researcher", "lecturer", "professor",
    "teacher", "nurse", "physician", "doctor", "accountant", "consultant", "intern", "assistant", "officer",
    "specialist", "coordinator", "lead", "head of", "architect", "designer", "administrator", "technician",
    "president", "ceo", "cto", "cfo", "founder", "co-founder", "associate", "fellow", "postdoc", "postdoctoral",
    "supervisor", "executive", "secretary", "auditor", "advisor", "adviser", "programmer", "tester", "staff",
    "representative", "attorney", "lawyer", "pharmacist", "midwife", "chef", "expert", "internship", "trainee",
    "instructor", "tutor", "chief", "deputy", "surgeon", "resident", "agronomist", "planner", "editor", "inspector",
)  # fmt: skip

LABELS: dict[str, tuple[str, ...]] = {
    "title": ("vị trí", "chức vụ", "chức danh", "công việc", "vai trò", "position", "title", "job title", "role"),
    "organisation": (
        "đơn vị", "công ty", "cơ quan", "nơi làm việc", "đơn vị công tác", "tổ chức", "company", "employer",
        "organisation", "organization", "workplace",
    ),
    "school": (
        "trường", "nơi đào tạo", "cơ sở đào tạo", "tên trường", "school", "university", "institution",
        "tổ chức đào tạo",
    ),
    "major": (
        "ngành", "chuyên ngành", "ngành học", "ngành đào tạo", "chuyên môn", "major", "field of study", "field",
        "specialisation", "specialization", "subject", "principal subjects",
    ),
    "degree": ("trình độ", "bằng", "bằng cấp", "học vị", "văn bằng", "degree", "qualification", "level"),
    "classification": ("xếp loại", "loại", "tốt nghiệp loại", "xếp loại tốt nghiệp", "classification", "gpa", "grade"),
    "period": ("thời gian", "từ", "niên khóa", "khóa", "period", "dates", "duration", "time"),
    "description": ("mô tả", "mô tả công việc", "nhiệm vụ", "trách nhiệm", "description", "responsibilities", "duties"),
    "full_name": ("họ và tên", "họ tên", "tên", "họ tên khai sinh", "full name", "name"),
    "birth": ("ngày sinh", "sinh ngày", "năm sinh", "ngày tháng năm sinh", "date of birth", "dob", "born", "birth date"),
    "sex": ("giới tính", "gender", "sex"),
    "nationalities": ("quốc tịch", "nationality", "nationalities", "citizenship"),
    "residence": ("địa chỉ", "nơi ở", "nơi ở hiện nay", "chỗ ở", "địa chỉ liên hệ", "address", "location", "based in"),
    "email": ("email", "e-mail", "thư điện tử", "mail"),
    "phone": (
        "điện thoại", "số điện thoại", "đt", "sđt", "di động", "phone", "mobile", "tel", "telephone", "cell", "hotline",
    ),
    "headline": ("nghề nghiệp", "chức danh hiện tại", "current position", "occupation"),
}  # fmt: skip

JUNK = frozenset(
    ("curriculum vitae", "cv", "resume", "résumé", "sơ yếu lý lịch", "lý lịch khoa học", "hồ sơ cá nhân",
     "bản tóm tắt lý lịch", "trang", "page", "hồ sơ ứng viên", "đơn xin việc", "europass", "curriculum vitae (cv)",
     "cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc")
)  # fmt: skip


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of these words as whole words."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in longest_first)})(?!\w)")


def unmarked(words: Iterable[str]) -> list[str]:
    """The words for texts without marks: folded where they are two or more, since «trưởng» and «trường» would be one."""
    return [
        folded if " " in word else word
        for word in words
        if (folded := fold(word)) and (" " in word or word.isascii())
    ]
