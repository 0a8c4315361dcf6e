"""All that is on record in the form the rule engine reads: documents, parameters, lists, published versions. Reads only."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.policies.models import LegalDocument, Parameter, PolicyVersion, YearlyList
from registry.policies.queries.documents import documents
from registry.policies.queries.parameters import parameters, yearly_lists
from registry.policies.queries.verified import is_verified, verdicts
from registry.policies.queries.versions import policies, published, version_data
from registry.policies.rules.figures import with_verdicts
from registry.policies.rules.policy import Law
from registry.policies.rules.reading import read_law
from registry.policies.rules.states import LinkKind

Data = dict[str, Any]


def law_of(session: Session, *, drafts: Collection[PolicyVersion] = ()) -> Law:
    """Everything published, with what was verified said of each figure; `drafts` are read along for a trial."""
    return read_law(law_data(session, drafts=drafts))


def law_data(session: Session, *, drafts: Collection[PolicyVersion] = ()) -> Data:
    """The same in the data form. A fixed number of statements."""
    texts, dated, lists = documents(session), parameters(session), yearly_lists(session)
    versions = [*(one for policy in policies(session) for one in published(policy)), *drafts]
    seen_texts = is_verified(session, texts)
    seen_values = is_verified(session, [value for one in dated for value in one.values])
    seen = verdicts(session, versions)
    return {
        "documents": [document_data(one, one.id in seen_texts) for one in texts],
        "parameters": [parameter_data(one, seen_values) for one in dated],
        "yearly_lists": [list_data(one) for one in lists],
        "policies": [with_verdicts(version_data(one), seen[one.id]) for one in versions],
    }


def parameters_alone(session: Session) -> Law:
    """The dated parameters and nothing else: what examples in đồng need."""
    return read_law({"parameters": [parameter_data(one, set()) for one in parameters(session)]})


def document_data(document: LegalDocument, is_checked: bool = False) -> Data:
    """A document in the data form."""
    plain = ("code", "number", "issuer", "title", "effective_after_days", "confidence", "note")
    days = ("signed_on", "effective_from", "effective_to")
    return {
        **{name: getattr(document, name) for name in plain},
        **{name: _iso(getattr(document, name)) for name in days},
        "kind": document.kind.value,
        "status": document.status.value,
        "sources": list(document.sources),
        "verified": is_checked,
        **{
            kind.value: [link.other.code for link in document.links if link.kind is kind] for kind in LinkKind
        },
    }


def parameter_data(parameter: Parameter, checked: Collection[int] = ()) -> Data:
    """A parameter with its values in the data form."""
    named: Mapping[str, Any] = {"of": parameter.of} if parameter.of else {}
    return {
        "key": parameter.key,
        **named,
        "vi": parameter.name,
        "unit": parameter.unit,
        "values": [
            {
                "value": one.value_vnd,
                "valid_from": _iso(one.valid_from),
                "valid_to": _iso(one.valid_to),
                "document": one.document.code if one.document else None,
                "note": one.note,
                "verified": one.id in checked,
            }
            for one in parameter.values
        ],
    }


def list_data(of_list: YearlyList) -> Data:
    """A yearly list in the data form."""
    return {
        "code": of_list.code,
        "vi": of_list.name,
        "years": {str(one.year): list(one.field_codes) for one in of_list.years},
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
