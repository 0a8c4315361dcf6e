"""A need as the post that somebody is tried for on the bench of policies."""

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from registry.accounts.access import signed_in_viewer
from registry.accounts.rules import Permission
from registry.needs.queries import get_need, need_by_code
from registry.needs.queries.post_facts import post_facts_of
from registry.policies.views.posts import Post
from registry.web.clock import today


def post_named(session: Session, code: str) -> Post | None:
    """The need of a code, for a viewer who may read it there; one whose place is not known lies nowhere."""
    viewer, need = signed_in_viewer(), need_by_code(session, code)
    if viewer is None or need is None or not viewer.can(Permission.NEEDS_READ):
        return None
    seen = get_need(session, viewer.limited_to(Permission.NEEDS_READ), need.public_id)
    if seen is None:
        return None
    nowhere: dict[str, Any] = {"units": []}
    facts = nowhere | post_facts_of(session, [seen], on=today())[seen.id]
    return Post(f"{seen.code} {seen.title}", url_for("needs.show", ma=seen.public_id), facts)
