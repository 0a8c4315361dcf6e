"""An answer with what stands beside it on a page, as plain data that is kept: titles, sources, what was verified. Pure.

Pages are made from this whether it was computed just now or kept for years, so that both can only say the same.
"""

from typing import Any

from registry.policies.rules.answers import Answer
from registry.policies.rules.plain import answer_data
from registry.policies.rules.preparing import Ready
from registry.policies.rules.words import Words


def frozen_answer(ready: Ready, answer: Answer, words: Words | None = None) -> dict[str, Any]:
    """`answer_data`, and under `about` the title, the document, repayment, and per line what its figure rests on."""
    version, law = ready.version, ready.law
    document = law.documents[version.document]
    repayment = version.repayment
    return {
        **answer_data(answer, words or ready.words),
        "about": {
            "title": version.title,
            "purpose": version.purpose,
            "scope": sorted(version.scope),
            "document": {
                "code": document.code,
                "number": document.number,
                "title": document.title,
                "issuer": document.issuer,
                "verified": document.verified,
            },
            "has_conditions": any(one.rule is not None for one in version.groups),
            "verified": version.verified,
            "clauses": {one.code: one.clause for one in version.groups},
            "lines": {
                one.benefit: {"verified": one.verified, "instalments": one.years_of_instalments}
                for one in answer.lines
            },
            "benefits": {one.code: one.text for one in version.benefits},
            "repayment": {
                "kind": repayment.kind.value,
                "multiple": str(repayment.multiple),
                "deadline_days": repayment.deadline_days,
                "waived_when": list(repayment.waived_when),
                "clause": repayment.clause,
                "text": repayment.text,
            },
        },
    }
