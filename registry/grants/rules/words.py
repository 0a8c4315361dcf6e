"""What the states of decisions, grants and commitments are called: in files always so, on pages translated. Pure."""

from collections.abc import Mapping

from registry.grants.rules.states import CommitmentState, DecisionState, GrantState

DECISIONS: Mapping[DecisionState, str] = {
    DecisionState.PROPOSED: "Chờ duyệt",
    DecisionState.APPROVED: "Đã duyệt",
    DecisionState.REFUSED: "Không duyệt",
    DecisionState.REVOKED: "Đã thu hồi",
    DecisionState.EXPIRED: "Hết hạn, chưa dùng",
}
GRANTS: Mapping[GrantState, str] = {
    GrantState.PLANNED: "Mới lên kế hoạch",
    GrantState.ACTIVE: "Đang chi",
    GrantState.SUSPENDED: "Đang tạm dừng",
    GrantState.EXTENDED: "Đang chi, đã gia hạn",
    GrantState.COMPLETED: "Đã chi xong",
    GrantState.ENDED: "Đã chấm dứt",
    GrantState.BREACHED: "Vi phạm, chờ hoàn trả",
    GrantState.REPAID: "Đã hoàn trả",
    GrantState.WAIVED: "Được miễn hoàn trả",
}
COMMITMENTS: Mapping[CommitmentState, str] = {
    CommitmentState.RUNNING: "Đang thực hiện",
    CommitmentState.SUSPENDED: "Đang tạm dừng",
    CommitmentState.FULFILLED: "Đã hoàn thành",
    CommitmentState.BREACHED: "Vi phạm",
    CommitmentState.REPAID: "Đã hoàn trả",
    CommitmentState.WAIVED: "Được miễn hoàn trả",
}
