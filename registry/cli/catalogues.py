"""`registry skills import-esco` and `import-onet`: concepts of other catalogues beside ours, from files of one's own."""

import argparse
import csv
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from registry.cli.context import CommandRefused, print_json, writing
from registry.skills.operations import Imported, import_external
from registry.skills.rules import ExternalScheme, ExternalState
from registry.skills.rules.external_rows import (
    ExternalRow,
    Row,
    UnknownColumns,
    esco_rows,
    onet_rows,
)
from registry.web.clock import now

# A field of a published file holds a whole description.
_LONGEST_FIELD = 1_000_000

_READERS: dict[ExternalScheme, Callable[[Sequence[str], Iterator[Row]], Iterator[ExternalRow]]] = {
    ExternalScheme.ESCO: esco_rows,
    ExternalScheme.ONET: onet_rows,
}
_WORDS = {
    ExternalState.MATCHED: "tự gắn vì trùng tên tiếng Anh",
    ExternalState.ACCEPTED: "đã nhận",
    ExternalState.REFUSED: "đã bỏ",
    ExternalState.AMBIGUOUS: "trùng nhiều kỹ năng",
    ExternalState.UNMATCHED: "chưa gắn",
}


def add_verbs(verbs: Any) -> None:
    """Add `import-esco` and `import-onet` to `skills`."""
    for scheme, words in (
        (ExternalScheme.ESCO, "nhập mã và tên tiếng Anh từ tệp ESCO (CSV)"),
        (ExternalScheme.ONET, "nhập mã và tên tiếng Anh từ tệp O*NET (CSV hoặc TXT)"),
    ):
        parser = verbs.add_parser(f"import-{scheme.value}", help=words)
        parser.add_argument("file", metavar="FILE", help="tệp UTF-8 có dòng tiêu đề")
        parser.add_argument("--json", action="store_true", help="in JSON")
        parser.set_defaults(run=import_file, scheme=scheme)


def import_file(arguments: argparse.Namespace) -> int:
    """Keep the concepts of the file and print how many there are of each kind."""
    scheme: ExternalScheme = arguments.scheme
    with _opened(arguments.file) as (columns, rows), writing() as session:
        try:
            read = list(_READERS[scheme](columns, rows))
        except UnknownColumns as wanted:
            raise CommandRefused(f"Tệp không có các cột cần thiết. Cần một trong: {wanted}.") from wanted
        except (UnicodeDecodeError, csv.Error) as error:
            raise CommandRefused("Tệp không đọc được: cần CSV bằng bảng mã UTF-8.") from error
        done = import_external(session, scheme, read, by=None, at=now())
        session.commit()
    _tell(done, as_json=arguments.json)
    return 0


@contextmanager
def _opened(name: str) -> Generator[tuple[Sequence[str], Iterator[Row]]]:
    """The columns and rows of a file; tabs separate where the first line has some."""
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        with Path(name).open(encoding="utf-8-sig", newline="") as opened:
            separator = "\t" if "\t" in opened.readline() else ","
            opened.seek(0)
            reader = csv.DictReader(opened, delimiter=separator, restval="")
            yield reader.fieldnames or (), iter(reader)
    except OSError as error:
        raise CommandRefused(f"Không đọc được tệp {name}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandRefused("Tệp không đọc được: cần CSV bằng bảng mã UTF-8.") from error


def _tell(done: Imported, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "rows": done.rows,
                "new": done.new,
                "labels": done.labels,
                **{state.value: done.by_state.get(state, 0) for state in ExternalState},
            }
        )
        return
    print(f"{done.rows} mục trong tệp, {done.new} mục mới, thêm {done.labels} tên gọi tiếng Anh.")
    for state in ExternalState:
        if done.by_state.get(state):
            print(f"  {_WORDS[state]}: {done.by_state[state]}")
