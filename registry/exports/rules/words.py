"""What lists and purposes are called: in files always so, on pages translated. Pure."""

from registry.exports.rules.kinds import ExportList, ExportPurpose

KINDS = {
    ExportList.PEOPLE: "Danh sách ứng viên",
    ExportList.NEEDS: "Danh sách nhu cầu",
    ExportList.RANKING: "Ứng viên xếp hạng",
    ExportList.SHORTLIST: "Danh sách rút gọn",
    ExportList.SELECTION: "Lựa chọn để xuất",
    ExportList.CANDIDACIES: "Danh sách ứng tuyển",
    ExportList.GRANTS: "Danh sách hỗ trợ",
    ExportList.COMMITMENTS: "Sổ cam kết",
    ExportList.TRAINING: "Danh sách lớp",
    ExportList.CADRES: "Hồ sơ cán bộ theo nhóm cột của cơ sở dữ liệu quốc gia",
}
PURPOSES = {
    ExportPurpose.PANEL: "Gửi hội đồng tuyển chọn",
    ExportPurpose.NEED: "Tìm người cho một nhu cầu",
    ExportPurpose.REPORT: "Báo cáo, thống kê nội bộ",
    ExportPurpose.PARTNER: "Phối hợp với cơ quan khác",
    ExportPurpose.CHECKING: "Rà soát, sửa dữ liệu",
    ExportPurpose.OTHER: "Mục đích khác",
}
