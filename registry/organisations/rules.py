"""Kinds of organisations, and what organisations need to know of places. Pure."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is in law."""

    COMMITTEE = "committee"
    DEPARTMENT = "department"
    DIVISION = "division"
    PARTY_BODY = "party_body"
    PUBLIC_SERVICE_UNIT = "public_service_unit"
    UNIVERSITY = "university"
    RESEARCH_INSTITUTE = "research_institute"
    ENTERPRISE = "enterprise"
    ASSOCIATION = "association"
    FOREIGN_INSTITUTE = "foreign_institute"
    OTHER = "other"
