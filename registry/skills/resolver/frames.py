"""What people write around the name of a skill in a job post, a CV or a list: lead-ins, wishes, years, where it is done.

Facts of the two languages, not of the vocabulary. Unlike roles («kỹ sư») these words say nothing of what is meant.
A phrase counts only where something is left when it is taken off.
"""

import re
from collections.abc import Sequence

from registry.skills.resolver.spelling import unmarked
from registry.skills.resolver.words import phrases

_BEFORE = phrases(
    """
tuyển|tuyển dụng|cần tuyển|cần tuyển dụng|cần tìm|cần|cần người|cần người biết|tìm|tìm người|tuyển gấp|yêu cầu|yêu cầu biết
|ưu tiên|ưu tiên biết|ưu tiên có kinh nghiệm|ưu tiên ứng viên|ứng viên|ứng viên có|có|có biết|có khả năng|có kĩ năng
|có chứng chỉ|có bằng|có trình độ|có chuyên môn|có tay nghề|có hiểu biết|có hiểu biết về|có kinh nghiệm|có kinh nghiệm về
|có kinh nghiệm trong|có kinh nghiệm làm|có kinh nghiệm với|có kiến thức|có kiến thức về|kinh nghiệm|kinh nghiệm về
|kinh nghiệm trong|kinh nghiệm làm|kiến thức về|về|trong lĩnh vực|lĩnh vực|mảng|trong mảng|làm việc với|làm về
|giỏi|rành|rành về|thạo|thành thạo|thành thạo về|thông thạo|nắm vững|nắm chắc|nắm được|hiểu|hiểu về|hiểu rõ|am hiểu
|am hiểu về|biết|biết về|biết làm|biết dùng|biết sử dụng|biết cách|dùng|dùng được|dùng thành thạo|sử dụng được
|sử dụng thành thạo|quen với|quen dùng|nhận|nhận làm|chuyên|chuyên về|chuyên làm|chuyên môn|chuyên môn về|từng
|từng làm|đã từng|đã từng làm|đã làm|đã qua|đã học|đã được đào tạo|được đào tạo về|đang làm|đang học|mới học|đảm nhiệm
|đảm nhận|phụ trách|phụ trách công tác|thực hiện|thực hiện công tác|tham gia|tham gia công tác|làm công tác
|đảm nhiệm công tác|tốt nghiệp|tốt nghiệp ngành|tốt nghiệp chuyên ngành|học ngành|sinh viên ngành|kĩ năng về
|kĩ năng sử dụng|khả năng sử dụng|khả năng về|năng lực về|biết tốt|thợ chuyên|nghề chính|sở trường|thế mạnh
|kinh nghiệm thực tế|việc|công việc|các công việc|mô tả công việc|vị trí tuyển dụng|vị trí
|experience|experience in|experience with|experience of|experienced|experienced in|experienced with|knowledge of
|knowledge in|understanding of|skills in|skilled in|skilled at|expertise in|expert in|proficient in|proficient with
|proficient at|proficiency in|fluent in|familiar with|familiarity with|background in|responsible for|specialised in
|specialized in|specialising in|specializing in|specialist in|degree in|certificate in|certified in|diploma in
|qualification in|command of|worked on|worked in|worked with|worked as|working on|working in|working with|work with
|trained in|training in|ability to|able to|good at|competent in|competence in|versed in|well versed in
|exposure to|interest in|focus on|in charge of|years of|years in|years as|yrs of|yrs in|phd in|msc in|ma in|bsc in|ba in|mba in
|bachelor of|bachelor in|master of|master in|masters in|doctorate in|postdoc in|graduate in|major in|minor in
|strong|solid|sound|deep|good|excellent|working|basic|some|proven|extensive|broad|practical|hands on|advanced|in depth
|demonstrated|profound|great|strong background in|working knowledge of|use of|usage of|former|freelance|current|looking for|hiring
|we need|wanted|required|requirement|requirements|preferred
|triển khai|cài đặt|cấu hình|vận hành|lập|viết|soạn|xử lí|kiểm tra|giảng dạy
"""
)
_AFTER = phrases(
    """
là lợi thế|là một lợi thế|là điểm cộng|là ưu tiên|được ưu tiên|ưu tiên|ưu tiên có kinh nghiệm|có kinh nghiệm|có kinh nghiệm thực tế
|kinh nghiệm|kinh nghiệm thực tế|và các công việc liên quan|các công việc liên quan|và công việc liên quan
|và các việc liên quan|và các nội dung liên quan|và các vấn đề liên quan|và các nhiệm vụ liên quan|và những việc liên quan|liên quan
|và các công việc khác|và các việc khác|theo phân công|theo yêu cầu|tại xã|tại phường|tại huyện|tại tỉnh|tại địa phương
|tại cơ sở|tại cơ quan|tại doanh nghiệp|tại công ty|cho công ty|cho doanh nghiệp|cho cơ quan|ở xã|ở địa phương|ở công ty
|của xã|của phường|của tỉnh|của công ty|trên địa bàn|trên địa bàn xã|trên địa bàn tỉnh|trên địa bàn phường
|tại bv|tại bệnh viện|tại trường|tại nhà máy|tại nhà|cho người mới|cho người mới bắt đầu|chuyên nghiệp
|tốt|khá|vv|v.v|làm việc được ngay|đi làm ngay|lương cao|gấp|tay nghề cao|mức khá|mức tốt|mức cơ bản|là chính
|experience|experience required|experience preferred|knowledge|skills|skill|skillset|abilities|ability|expertise
|background|projects|project work|tasks|and related tasks|related tasks|and related work|and related|duties|work|role|roles
|is a plus|a plus|a must|is a must|preferred|is preferred|an advantage|is an advantage|required|is required|desirable|is desirable
|at a company|at a multinational company|in a company|in industry|in practice|on the job|and more|and others|etc
"""
)
# What is done with a skill may be another skill: who teaches it, who sets it up or writes about it.
_DONE_WITH_IT = phrases(
    """
dạy|giảng dạy|giáo viên|giảng viên|gv|triển khai|cài đặt|cấu hình|vận hành|lập|viết|soạn|xử lí|kiểm tra
|teaching|teacher|lecturer|instructor|tutor|inspector|operator|executive|generalist|associate|administrator
|coordinator|artisan
"""
)
_LONGEST = max(*_BEFORE, *_AFTER)
_SINGLE_UNMARKED = frozenset({"biet", "tuyen"})
_LEAST = r"(?:it nhat|toi thieu|tren|hon|tu|khoang|over|at least|minimum|min|about|around|more than)"
_YEARS = re.compile(
    rf"(?:co )?(?:{_LEAST} )?\d{{1,2}}\+? ?(?:\d{{1,2}} )?(?:nam|years?|yrs?|thang|months?)"
    r"(?: (?:kinh nghiem|kn|experience|exp|lam viec|lam|working))?(?: (?:ve|trong|voi|lam|of|in|with|as))?"
)


def frame_before(tokens: Sequence[str]) -> int:
    """How many tokens at the beginning are of a frame; 0 where none, or nothing would be left."""
    years = _YEARS.match(unmarked(" ".join(tokens))) if any(map(_begins_with_digit, tokens[:4])) else None
    if years is not None:
        taken = years.group().count(" ") + 1
        if taken < len(tokens) and f" {years.group()} " == f" {unmarked(' '.join(tokens[:taken]))} ":
            return taken
    return _longest(tokens, _BEFORE_KEYS, from_end=False) if tokens[0] in _FIRST_WORDS else 0


def frame_after(tokens: Sequence[str]) -> int:
    """How many tokens at the end are of a frame; 0 where none, or nothing would be left."""
    return _longest(tokens, _AFTER_KEYS, from_end=True) if tokens[-1] in _LAST_WORDS else 0


def is_done_with_it(taken: str) -> bool:
    """Whether what was taken off a name says what is done with it, so that another skill may be meant."""
    return _DONE_WITH_IT_KEYS.search(unmarked(taken)) is not None


def is_frame_word(token: str) -> bool:
    """Whether frames are made of this word."""
    return token in _WORDS


def _begins_with_digit(token: str) -> bool:
    return token[0].isdigit()


def _longest(tokens: Sequence[str], known: frozenset[str], *, from_end: bool) -> int:
    for length in range(min(_LONGEST, len(tokens) - 1), 0, -1):
        phrase = tokens[-length:] if from_end else tokens[:length]
        if " ".join(phrase) in known:
            return length
    return 0


def _keys(table: dict[int, frozenset[str]]) -> frozenset[str]:
    """The phrases, and those of several words without their marks as well."""
    every = {phrase for known in table.values() for phrase in known}
    return frozenset(every | {unmarked(phrase) for phrase in every if " " in phrase})


_BEFORE_KEYS, _AFTER_KEYS = _keys(_BEFORE) | _SINGLE_UNMARKED, _keys(_AFTER)
# "lập trình" says nothing else: who programs Python knows Python.
_DONE_WITH_IT_KEYS = re.compile(
    rf"\b(?:{'|'.join(unmarked(phrase) for known in _DONE_WITH_IT.values() for phrase in known)})\b(?! trinh\b)"
)
_FIRST_WORDS = frozenset(phrase.partition(" ")[0] for phrase in _BEFORE_KEYS)
_LAST_WORDS = frozenset(phrase.rpartition(" ")[2] for phrase in _AFTER_KEYS)
_WORDS = frozenset(" ".join((*_BEFORE_KEYS, *_AFTER_KEYS)).split(" ")) | frozenset(
    unmarked("ít nhất tối thiểu trên hơn khoảng năm tháng").split(" ")
)
