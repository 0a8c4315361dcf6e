"""Reading and setting what an installation knows about itself."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import read_rows
from registry.web.models import InstallationFact

DEMONSTRATION = "demonstration"
TENANT_NAME = "tenant_name"
TENANT_SUBTITLE = "tenant_subtitle"


_FACTS = select(InstallationFact.name, InstallationFact.value)


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
    facts = {row.name: row.value for row in read_rows(session, _FACTS)}
    standard = Tenant()
    tenant = Tenant(facts.get(TENANT_NAME, standard.name), facts.get(TENANT_SUBTITLE, standard.subtitle))
    return Installation(tenant, facts.get(DEMONSTRATION) is not None)


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
