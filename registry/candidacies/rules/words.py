"""What stages, sources, next steps and decisions are called: in files always so, on pages translated. Pure."""

from collections.abc import Mapping

from registry.candidacies.rules.decisions import Outcome
from registry.candidacies.rules.stages import NextStep, Source, Stage

STAGES: Mapping[Stage, str] = {
    Stage.SUGGESTED: "Được gợi ý",
    Stage.INVITED: "Đã mời",
    Stage.INTERESTED: "Quan tâm",
    Stage.SHORTLISTED: "Vào danh sách ngắn",
    Stage.REFERRED: "Đã giới thiệu",
    Stage.INTERVIEWED: "Đã phỏng vấn",
    Stage.OFFERED: "Đã đề nghị nhận việc",
    Stage.ACCEPTED: "Đồng ý nhận việc",
    Stage.SIGNED: "Đã ký",
    Stage.PLACED: "Đang làm việc",
    Stage.DECLINED: "Từ chối lời mời",
    Stage.WITHDRAWN: "Tự rút",
    Stage.NOT_SELECTED: "Không được chọn",
    Stage.REMOVED: "Đưa ra, không xét",
    Stage.CLOSED_PLACED_ELSEWHERE: "Đóng: đã nhận việc nơi khác",
}
NEXT_STEPS: Mapping[NextStep, str] = {
    NextStep.CONTACT: "Liên hệ lần đầu",
    NextStep.ANSWER: "Chờ người được mời trả lời",
    NextStep.REVIEW: "Xem hồ sơ",
    NextStep.REFER: "Quyết định giới thiệu",
    NextStep.INTERVIEW: "Phỏng vấn",
    NextStep.DECIDE: "Quyết định tuyển chọn",
    NextStep.OFFER: "Chờ trả lời đề nghị nhận việc",
    NextStep.SIGN: "Ký",
    NextStep.BEGIN: "Bắt đầu làm việc",
    NextStep.FOLLOW: "Theo dõi sau khi nhận việc",
}
SOURCES: Mapping[Source, str] = {
    Source.SUGGESTED: "Từ bảng xếp hạng",
    Source.INTEREST: "Tự gửi quan tâm",
    Source.NOMINATION: "Được tiến cử",
    Source.SELF_NOMINATION: "Tự ứng cử",
    Source.CAMPAIGN: "Từ chiến dịch",
    Source.OFFICER: "Cán bộ đưa vào",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.REFERRED: "Giới thiệu",
    Outcome.NOT_REFERRED: "Không giới thiệu",
    Outcome.SELECTED: "Chọn",
    Outcome.NOT_SELECTED: "Không chọn",
}
