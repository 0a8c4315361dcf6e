"""Collect the sentences of pages and code into the catalogue, and compile the English: see --help.

The Vietnamese sentences are the message ids. The compiled catalogue is committed beside its source, because
a checkout and a wheel must both speak English without a build step; `--check` says when either is stale.
"""

import argparse
import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "registry" / "translations"
TEMPLATE = TRANSLATIONS / "messages.pot"
ENGLISH = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
COMPILED = ENGLISH.with_suffix(".mo")

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
# As the application sets its environment, so that both see the same text; a broken template stops us.
JINJA_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
SOURCES = (
    ("templates", [("**.html", "jinja2"), ("**.txt", "jinja2")], {"**": JINJA_OPTIONS}),
    ("registry", [("**.py", "python")], None),
)
# Pure rooms may not import gettext: tables and sentences there that pages look up by their variable.
TABLES = (
    ("registry/exchange/rules/cvs.py", ("CV_REFUSALS",)),
    ("registry/exchange/rules/refusals.py", ("FILE_REFUSALS",)),
    ("registry/exchange/operations/opening.py", ("NO_BATCH", "NO_FILE", "NO_RIGHT")),
    ("registry/exchange/operations/committing.py", ("BECAME_INVALID",)),
    ("registry/exports/rules/words.py", ("KINDS", "PURPOSES")),
    ("registry/jobs/operations.py", ("GIVEN_UP", "UNEXPECTED")),
    (
        "registry/policies/rules/facts.py",
        (
            "AWARDS",
            "CLASSIFICATIONS",
            "DEGREES",
            "EXPERIENCES",
            "GENDERS",
            "INITIATIVES",
            "LANGUAGES",
            "PROFESSIONAL_DEGREES",
            "PURPOSES",
            "REGIONS",
            "STUDY_MODES",
            "TITLES",
            "WORKPLACES",
        ),
    ),
    ("registry/skills/operations/placing.py", ("GONE",)),
    ("registry/skills/rules/levels.py", ("ANCHORS",)),
    ("registry/candidacies/rules/words.py", ("NEXT_STEPS", "OUTCOMES", "SOURCES", "STAGES")),
    ("registry/grants/rules/words.py", ("COMMITMENTS", "DECISIONS", "GRANTS")),
    ("registry/training/rules/words.py", ("KINDS", "PARTICIPATIONS", "RESULTS")),
)
# Pages for persons and the public: a sentence here without English fails the tests.
PUBLIC = (
    "templates/base.html",
    "templates/_macros/content.html",
    "templates/_macros/controls.html",
    "templates/_macros/forms.html",
    "templates/_macros/frame.html",
    "templates/accounts/change_email.html",
    "templates/accounts/change_password.html",
    "templates/accounts/confirm_email.html",
    "templates/accounts/confirm_registration.html",
    "templates/accounts/forgotten.html",
    "templates/accounts/inbox.html",
    "templates/accounts/inbox_letter.html",
    "templates/accounts/link_over.html",
    "templates/accounts/link_own.html",
    "templates/accounts/mailbox.html",
    "templates/accounts/new_password.html",
    "templates/accounts/own_account.html",
    "templates/accounts/register.html",
    "templates/accounts/enrol.html",
    "templates/accounts/own_account.html",
    "templates/accounts/passkey_new.html",
    "templates/accounts/passkey_step.html",
    "templates/accounts/prove_again.html",
    "templates/accounts/recovery_codes.html",
    "templates/accounts/recovery_step.html",
    "templates/accounts/second_step.html",
    "templates/accounts/sign_in.html",
    "templates/accounts/sign_on_step.html",
    "templates/api/",
    "templates/candidacies/leave.html",
    "templates/candidacies/own.html",
    "templates/candidacies/own_opinion.html",
    "templates/candidacies/own_opinions.html",
    "templates/candidacies/stand.html",
    "templates/campaigns/_public.html",
    "templates/campaigns/invitation.html",
    "templates/campaigns/landing.html",
    "templates/campaigns/link_over.html",
    "templates/errors/",
    "templates/exports/formats.html",
    "templates/grants/_figures.html",
    "templates/grants/_promise.html",
    "templates/grants/own.html",
    "templates/training/_taken.html",
    "templates/training/own.html",
    "templates/introductions/",
    "templates/offers/check.html",
    "templates/open_data/_table.html",
    "templates/open_data/dataset.html",
    "templates/open_data/index.html",
    "templates/open_data/withdrawn.html",
    "templates/papers/own_cv.html",
    "templates/people/take_over.html",
    "templates/policies/_answered.html",
    "templates/policies/_benefit.html",
    "templates/policies/_conditions.html",
    "templates/policies/index.html",
    "templates/policies/show.html",
    "templates/privacy/",
    "templates/registrations/",
    "registry/accounts/access/",
    "registry/accounts/forms/",
    "registry/accounts/views/linking.py",
    "registry/accounts/views/own_account.py",
    "registry/accounts/views/own_email.py",
    "registry/accounts/views/recovering.py",
    "registry/accounts/views/registering.py",
    "registry/accounts/views/passkeys.py",
    "registry/accounts/views/proving.py",
    "registry/accounts/views/second_factor.py",
    "registry/accounts/views/second_step.py",
    "registry/accounts/views/provider.py",
    "registry/accounts/views/sign_on.py",
    "registry/accounts/views/signing_in.py",
    "registry/accounts/views/words.py",
    "registry/api/",
    "registry/app/navigation.py",
    "registry/candidacies/forms/own.py",
    "registry/candidacies/forms/words.py",
    "registry/candidacies/rules/words.py",
    "registry/candidacies/views/blueprint.py",
    "registry/candidacies/views/own.py",
    "registry/candidacies/views/own_panel.py",
    "registry/grants/forms/words.py",
    "registry/grants/views/own.py",
    "registry/grants/views/show.py",
    "registry/campaigns/forms/answering.py",
    "registry/campaigns/views/public_pages.py",
    "registry/campaigns/views/values.py",
    "registry/introductions/",
    "registry/offers/forms/check.py",
    "registry/offers/forms/fields.py",
    "registry/offers/views/checker.py",
    "registry/indicators/rules/figures.py",
    "registry/indicators/rules/units.py",
    "registry/open_data/queries/",
    "registry/open_data/rules/",
    "registry/open_data/views/public_pages.py",
    "registry/open_data/views/shown.py",
    "registry/papers/forms.py",
    "registry/papers/views/cv_paper.py",
    "registry/papers/views/cv_sections.py",
    "registry/people/views/claim_words.py",
    "registry/people/views/details.py",
    "registry/people/views/ties.py",
    "registry/policies/forms/words.py",
    "registry/policies/rules/",
    "registry/policies/views/answered.py",
    "registry/policies/views/naming.py",
    "registry/policies/views/public_pages.py",
    "registry/policies/views/sums.py",
    "registry/policies/views/telling.py",
    "registry/privacy/",
    "registry/web/",
)
# Nothing that changes with the day, the machine or the version of a tool.
_KEPT_HEADERS = frozenset(
    {
        "Language",
        "Plural-Forms",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }
)

MessageId = str | tuple[str, ...]


class StableCatalog(Catalog):
    """A catalogue whose header says the same on every day and machine."""

    def __init__(self, locale: str | None = None) -> None:
        super().__init__(
            locale=locale,
            project="talent-registry",
            header_comment="# Sentences of the talent registry; the message ids are the Vietnamese.",
            fuzzy=False,
        )

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in super()._get_mime_headers() if name in _KEPT_HEADERS]

    mime_headers = property(_get_mime_headers)


@dataclass(frozen=True)
class Built:
    """What the three files should hold, and the catalogue behind them."""

    template: bytes
    english: bytes
    compiled: bytes
    catalogue: Catalog

    def files(self) -> dict[Path, bytes]:
        """The bytes by file."""
        return {TEMPLATE: self.template, ENGLISH: self.english, COMPILED: self.compiled}


def _is_source(folder: str) -> bool:
    # Babel's own rule leaves out folders that start with «_», where the macros are.
    return Path(folder).name not in {"__pycache__", "translations"}


def _from_files(root: Path) -> Iterator[tuple[str, int, MessageId]]:
    for folder, methods, options in SOURCES:
        found = extract_from_dir(
            root / folder, methods, options, KEYWORDS, directory_filter=_is_source, strip_comment_tags=True
        )
        for name, line, message, _comments, _context in found:
            yield f"{folder}/{name}", line, message


def _assigned(tree: ast.Module, names: Sequence[str]) -> Iterator[ast.expr]:
    """The values of these module-level names."""
    for node in tree.body:
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        if any(isinstance(target, ast.Name) and target.id in names for target in targets):
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if value is not None:
                yield value


def _sentences_in(value: ast.expr) -> Iterator[ast.Constant]:
    """The strings of a value, without the keys of a table."""
    keys = {
        id(part)
        for node in ast.walk(value)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if key
        for part in ast.walk(key)
    }
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keys:
            yield node


def _from_tables(root: Path) -> Iterator[tuple[str, int, MessageId]]:
    for name, names in TABLES:
        values = list(_assigned(ast.parse((root / name).read_text("utf-8")), names))
        if len(values) != len(names):
            raise SystemExit(
                f"{name}: one of {', '.join(names)} is gone; correct TABLES in {Path(__file__).name}"
            )
        for value in values:
            for sentence in _sentences_in(value):
                yield name, sentence.lineno, str(sentence.value)


def extract(root: Path = ROOT) -> Catalog:
    """Every sentence of the templates and the package, with the files it stands in."""
    catalogue = StableCatalog()
    for found in (_from_files(root), _from_tables(root)):
        for name, line, message in found:
            catalogue.add(message, locations=[(name, line)])
    return catalogue


def read_english() -> Catalog:
    """The English as committed; empty when there is none yet."""
    if not ENGLISH.exists():
        return Catalog(locale="en")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def translate(template: Catalog, english: Catalog) -> Catalog:
    """The sentences of the template with the English known for them; English without use is kept as obsolete."""
    known = {message.id: message for message in (*english.obsolete.values(), *_messages(english))}
    catalogue = StableCatalog("en")
    for message in _messages(template):
        old = known.pop(message.id, None)
        text = old.string if old is not None else None
        comments = old.user_comments if old is not None else ()
        catalogue.add(message.id, text, message.locations, user_comments=comments)
    for message in known.values():
        if is_translated(message):
            catalogue.obsolete[message.id if isinstance(message.id, str) else message.id[0]] = message
    return catalogue


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def is_translated(message: Message) -> bool:
    """Whether every form has its English."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def is_public(name: str) -> bool:
    """Whether a file belongs to pages for persons and the public."""
    return name.startswith(PUBLIC)


def untranslated(catalogue: Catalog) -> list[Message]:
    """The sentences that would appear in Vietnamese on an English page."""
    return [message for message in _messages(catalogue) if not is_translated(message)]


def public_and_untranslated(catalogue: Catalog) -> list[str]:
    """«file: sentence» of every untranslated sentence on pages for persons and the public."""
    return [
        f"{name}: {first_form(message)}"
        for message in untranslated(catalogue)
        for name, _line in message.locations
        if is_public(name)
    ]


def first_form(message: Message) -> str:
    """The sentence, in its singular where it has two forms."""
    return message.id if isinstance(message.id, str) else message.id[0]


def compiled(catalogue: Catalog) -> bytes:
    """The .mo of a catalogue."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _written(catalogue: Catalog, *, obsolete: bool) -> bytes:
    # No numbers of lines: a line more in some file would make the catalogue stale.
    buffer = BytesIO()
    write_po(
        buffer, catalogue, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=not obsolete
    )
    return buffer.getvalue()


def build(root: Path = ROOT) -> Built:
    """What the files should hold now."""
    template = extract(root)
    english = translate(template, read_english())
    return Built(
        _written(template, obsolete=False), _written(english, obsolete=True), compiled(english), english
    )


def _report(catalogue: Catalog, *, listed: bool) -> None:
    missing = untranslated(catalogue)
    total = len(list(_messages(catalogue)))
    print(f"{total} sentences, {len(missing)} without English")
    for place, count in sorted(_by_place(missing).items()):
        print(f"  {count:4} {place}")
    if listed:
        for message in missing:
            names = sorted({name for name, _line in message.locations})
            print(f"{', '.join(names)}: {first_form(message)}")


def _by_place(messages: Iterable[Message]) -> Counter[str]:
    """How many messages are first met in each folder of templates and each room."""
    return Counter("/".join(message.locations[0][0].split("/")[:2]) for message in messages)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the three files, or with --check compare them. 1 when stale or when a public page lacks English."""
    parser = argparse.ArgumentParser(
        description="Collect sentences, update and compile the English catalogue."
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when a file is not up to date"
    )
    parser.add_argument("--list", action="store_true", help="name every sentence without English")
    options = parser.parse_args(arguments)
    built = build()
    stale = [
        path for path, wanted in built.files().items() if not path.exists() or path.read_bytes() != wanted
    ]
    if options.check:
        for path in stale:
            print(f"not up to date: {path.relative_to(ROOT)}")
    else:
        ENGLISH.parent.mkdir(parents=True, exist_ok=True)
        for path in stale:
            path.write_bytes(built.files()[path])
    _report(built.catalogue, listed=options.list)
    public = public_and_untranslated(built.catalogue)
    for line in public:
        print(f"public page without English: {line}")
    return 1 if public or (options.check and stale) else 0


if __name__ == "__main__":
    sys.exit(main())
