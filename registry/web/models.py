"""What an installation knows about itself, such as its name or that its data is for demonstration."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db import Base, short_text


class InstallationFact(Base):
    """One named fact; see `registry.web.installation` for the names in use."""

    __tablename__ = "installation_fact"

    name: Mapped[str] = mapped_column(String(40), unique=True)
    value: Mapped[short_text]
