"""`registry indicators show`: every printed figure of the five programmes, with what the registry makes of it."""

import argparse
from collections import Counter
from typing import Any

from registry.cli.context import CommandRefused, print_json, reading
from registry.indicators.queries.showing import COMPUTED, FigureShown, as_plain, figures_shown
from registry.indicators.rules.periods import period_of
from registry.indicators.rules.source_indicators import PROVINCE_OF

_VERDICTS = {"consistent": "khớp", "contradicts": "LỆCH", "not_checkable": "không kiểm được"}


def add_parser(commands: Any) -> None:
    """Add `indicators`."""
    parser = commands.add_parser("indicators", help="số liệu in của năm chương trình, tính lại từ hồ sơ")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("show", help="từng số: như in, như đếm được, khớp hay lệch, vì sao")
    show.add_argument(
        "--programme", default="", metavar="CODE", help="chỉ một chương trình: BT, KH, HP, PT, LC"
    )
    show.add_argument("--period", default="", metavar="KỲ", help="chỉ một kỳ: 2025-n1, 2021-2022, 2025")
    show.add_argument("--json", action="store_true", help="in JSON")
    show.set_defaults(run=show_figures)


def show_figures(arguments: argparse.Namespace) -> int:
    """Print the figures; the counts of what is computed, observed and on record follow apart."""
    if arguments.programme and arguments.programme not in PROVINCE_OF:
        raise CommandRefused(
            f"Không có chương trình «{arguments.programme}». Chọn: {', '.join(PROVINCE_OF)}."
        )
    if arguments.period and period_of(arguments.period) is None:
        raise CommandRefused(f"«{arguments.period}» không phải kỳ. Ví dụ: 2025-n1, 2021-2022, 2025.")
    with reading() as session:
        shown = figures_shown(session, programme=arguments.programme, period=arguments.period)
        if arguments.json:
            print_json([as_plain(one) for one in shown])
        else:
            _print(shown)
    return 0


def _print(shown: list[FigureShown]) -> None:
    for one in shown:
        counted = one.counted.figure.words if one.counted and one.counted_as == COMPUTED else "–"
        verdict = _VERDICTS[one.finding.value]
        print(f"{one.row.id}  {one.row.value or '–':>16}  {counted:>24}  {verdict:<16} {one.row.name}")
    totals = Counter(one.counted_as for one in shown)
    print("  ".join(f"{name}: {count}" for name, count in sorted(totals.items())))
