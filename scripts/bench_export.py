"""Writes generated rows as CSV and XLSX: seconds, rows a second, and memory above what the process held before.

    python scripts/bench_export.py [--rows 100000]

Each kind is written by a child process of its own, fed by a generator, into a file in a folder that is removed. The peer
is Python's csv.writer over the same rows without guard and byte-order mark. The limit is 64 MB above idle.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from registry.exchange.writers.rows import Listed, write_csv, write_xlsx

KINDS = ("peer", "csv", "xlsx")
MOST_MEGABYTES = 64
HEADERS = (
    "Mã hồ sơ", "Họ và tên", "Giới thiệu ngắn", "Đối tượng", "Nơi ở", "Trình độ", "Lĩnh vực đào tạo",
    "Số năm kinh nghiệm", "Kỹ năng", "Sẵn sàng", "Thư điện tử", "Điện thoại",
)  # fmt: skip


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Rows as an export of people has them."""
    for number in range(count):
        yield (
            f"HS-{number:06}", f"Nguyễn Thị Hòa {number}", "Kỹ sư cầu đường, giám sát công trình miền núi", "Chuyên gia",
            "tỉnh Lai Châu", "Thạc sĩ", "Xây dựng", str(number % 30), "Python (4); Phân tích dữ liệu (3); SQL (2)",
            "Sẵn sàng nhận việc", f"nguoi{number}@vidu.vn", f"+84912{number:06}",
        )  # fmt: skip


def written(kind: str, count: int, folder: Path) -> int:
    """Write one file; how many rows."""
    listed, target = Listed("Ứng viên", HEADERS, (("Mục đích", "Đo tốc độ"),)), folder / kind
    if kind == "xlsx":
        with target.open("wb") as stream:
            return write_xlsx(stream, listed, rows(count), folder)
    with target.open("w", encoding="utf-8", newline="") as stream:
        if kind == "csv":
            return write_csv(stream, listed, rows(count))
        csv.writer(stream).writerows(rows(count))
    return count


def measured(kind: str, count: int) -> dict[str, float]:
    """What the child tells: seconds, megabytes at most above idle, megabytes of the file."""
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm"
        warm.mkdir()
        written(kind, 100, warm)  # libraries loaded and their tables made: that is idle
        idle, started = _peak(), time.perf_counter()
        assert written(kind, count, Path(folder)) == count  # noqa: S101
        seconds = time.perf_counter() - started
        size = (Path(folder) / kind).stat().st_size
    return {"seconds": seconds, "above": _peak() - idle, "size": size / 1e6}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure each kind in a child, print, judge the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--kind", choices=KINDS, help="measure this one in this very process")
    asked = parser.parse_args()
    if asked.kind:
        print(json.dumps(measured(asked.kind, asked.rows)))
        return 0
    peer, worst = 0.0, 0.0
    for kind in KINDS:
        command = [sys.executable, __file__, "--rows", str(asked.rows), "--kind", kind]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        peer, worst = peer or told["seconds"], max(worst, told["above"])
        print(
            f"{kind:5} {asked.rows} rows in {told['seconds']:.2f} s ({asked.rows / told['seconds']:,.0f} rows/s,"
            f" {told['seconds'] / peer:.1f} × csv.writer), {told['above']:.1f} MB above idle, file {told['size']:.1f} MB"
        )
    return 0 if worst <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
