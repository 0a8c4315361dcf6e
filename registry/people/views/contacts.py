"""«Liên hệ»: two addresses and two numbers. The rows are replaced as a whole, so the version is the record's own."""

import hashlib
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.people import operations, queries
from registry.people.forms.sections import ContactsForm
from registry.people.models import Person
from registry.people.rules import ContactDraft, ContactKind
from registry.people.views.blueprint import bp
from registry.people.views.conflicts import Saved, show_conflict
from registry.people.views.loading import Opened, keep_read, open_named
from registry.web.edits import take_theirs
from registry.web.i18n import gettext as _

_FIELDS = (
    ("email", ContactKind.EMAIL),
    ("other_email", ContactKind.EMAIL),
    ("phone", ContactKind.PHONE),
    ("other_phone", ContactKind.PHONE),
)


@bp.route("/ung-vien/<ma>/lien-he", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def edit_contacts(ma: str) -> ResponseReturnValue:
    """Edit the contacts; 409 with both versions when somebody saved in between."""
    opened = open_named(ma)
    if request.method != "POST":
        keep_read(opened, "lien-he")
        return _page(opened, ContactsForm(data=contact_values(opened.session, opened.person)))
    form = ContactsForm()
    stored = ContactsForm(formdata=None, data=contact_values(opened.session, opened.person))
    take_theirs(form, stored)
    if not form.validate():
        return _page(opened, form), 422
    if form.version.data != contacts_version(opened.person):
        return _conflict(opened, form, stored)
    operations.replace_contacts(
        opened.session, opened.person, contact_drafts(form), by=opened.by, at=opened.at
    )
    opened.session.commit()
    flash(_("Đã lưu mục «Liên hệ»"), "ok")
    return redirect(url_for(".show", ma=opened.person.public_id), 303)


def contact_drafts(form: ContactsForm) -> list[ContactDraft]:
    """The contacts of a validated form."""
    drafts: list[ContactDraft] = []
    for name, kind in _FIELDS:
        field: Any = getattr(form, name)
        if field.value:
            is_first = name in {"email", "phone"}
            drafts.append(ContactDraft(kind, field.value, is_first and form.preferred.data == kind.value))
    return drafts


def contacts_version(person: Person) -> str:
    """A name for the present set of contacts, made of their keyed hashes."""
    rows = sorted(f"{row.value_digest}{row.is_preferred:d}" for row in person.contacts)
    return hashlib.sha256("".join(rows).encode()).hexdigest()[:16]


def contact_values(session: Session, person: Person) -> dict[str, str]:
    """What the form shows of a record."""
    texts: dict[ContactKind, list[str]] = {ContactKind.EMAIL: [], ContactKind.PHONE: []}
    rows = sorted(person.contacts, key=lambda row: (not row.is_preferred, row.id))
    clear = queries.contacts_in_clear(session, person)
    for row in rows:
        texts[row.kind].append(clear[row.id])
    preferred = next((row.kind.value for row in rows if row.is_preferred), "")
    values = {"version": contacts_version(person), "preferred": preferred}
    for kind, names in (
        (ContactKind.EMAIL, ("email", "other_email")),
        (ContactKind.PHONE, ("phone", "other_phone")),
    ):
        values |= dict(zip(names, (*texts[kind], "", "")[:2], strict=True))
    return values


def _conflict(opened: Opened, form: ContactsForm, stored: ContactsForm) -> ResponseReturnValue:
    person = opened.person
    return show_conflict(
        opened.session,
        form,
        stored,
        Saved(contacts_version(person), person.public_id, "person.contacts_replaced"),
        what=_("mục «Liên hệ»"),
        name=opened.name,
        back=url_for(".show", ma=person.public_id),
    )


def _page(opened: Opened, form: ContactsForm) -> str:
    return render_template("people/contacts.html", form=form, opened=opened, person=opened.person)
