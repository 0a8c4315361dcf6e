"""Reading and setting what an installation knows about itself."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Mark
from registry.web.models import InstallationFact

DEMONSTRATION = "demonstration"
TENANT_NAME = "tenant_name"
TENANT_SUBTITLE = "tenant_subtitle"
HOME_UNIT = "home_unit"
"""The path of the province that keeps whoever names no place («VN/12/»)."""


def _named(name: str) -> Any:
    return select(InstallationFact.value).where(InstallationFact.name == name).scalar_subquery()


_FACTS = Mark(select(_named(TENANT_NAME), _named(TENANT_SUBTITLE), _named(DEMONSTRATION)))


@dataclass(frozen=True)
class Tenant:
    """The office whose registry this is, as the header shows it."""

    name: str = "Nhân lực chất lượng cao"
    subtitle: str = "Sổ đăng ký nhân tài và nhân lực chất lượng cao"


@dataclass(frozen=True)
class Installation:
    """The facts a page needs."""

    tenant: Tenant
    is_demonstration: bool


def installation(session: Session) -> Installation:
    """All facts in one statement; what nobody set has a neutral default."""
    name, subtitle, demonstration = _FACTS.told(session)
    standard = Tenant()
    tenant = Tenant(
        standard.name if name is None else name, standard.subtitle if subtitle is None else subtitle
    )
    return Installation(tenant, demonstration is not None)


def fact(session: Session, name: str) -> str | None:
    """One fact, None when nobody set it."""
    return session.scalar(select(InstallationFact.value).where(InstallationFact.name == name))


def keep_fact(session: Session, name: str, value: str) -> None:
    """Set one fact."""
    known = session.scalars(select(InstallationFact).where(InstallationFact.name == name)).one_or_none()
    if known is None:
        session.add(InstallationFact(name=name, value=value))
    else:
        known.value = value
    session.flush()
