"""Catalogue entries of published sets as DCAT in JSON-LD. Pure (EX-08).

Source: W3C Data Catalog Vocabulary (DCAT) 3, with Dublin Core terms. Dates are ISO, languages tagged, an entry has no
personal row and names no person: the publisher is an office.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

CONTEXT: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPES: Mapping[str, str] = {
    "csv": "https://www.iana.org/assignments/media-types/text/csv",
    "json": "https://www.iana.org/assignments/media-types/application/json",
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a set: `csv` or `json`, where it is fetched, its size in bytes and its SHA-256 in hex."""

    format: str
    url: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is said of a published set. `place` is its name; `licence`, `theme` and `page` are addresses."""

    id: str
    title: str
    title_en: str
    description: str
    description_en: str
    theme: str
    publisher: str
    licence: str
    page: str
    issued: date
    modified: date
    starts: date
    ends: date
    place: str
    keywords: tuple[str, ...]
    dictionary: str
    distributions: tuple[Distribution, ...]


def dataset_entry(dataset: Dataset) -> dict[str, Any]:
    """One `dcat:Dataset`. Raises KeyError for a file format without a media type."""
    return {
        "@id": dataset.page,
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.id,
        "dct:title": [_said(dataset.title, "vi"), _said(dataset.title_en, "en")],
        "dct:description": [_said(dataset.description, "vi"), _said(dataset.description_en, "en")],
        "dcat:theme": {"@id": dataset.theme},
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": dataset.publisher},
        "dct:license": {"@id": dataset.licence},
        "dct:issued": _day(dataset.issued),
        "dct:modified": _day(dataset.modified),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(dataset.starts),
            "dcat:endDate": _day(dataset.ends),
        },
        "dct:spatial": {"@type": "dct:Location", "dct:title": _said(dataset.place, "vi")},
        "dct:language": "vi",
        "dcat:keyword": [_said(word, "vi") for word in dataset.keywords],
        "dct:conformsTo": {"@id": dataset.dictionary},
        "dcat:distribution": [_distribution(one, dataset.licence) for one in dataset.distributions],
    }


def catalogue_entry(title: str, publisher: str, page: str, datasets: Sequence[Dataset]) -> dict[str, Any]:
    """The whole `dcat:Catalog`, sets in the order given, with the context that makes it JSON-LD."""
    return {
        "@context": dict(CONTEXT),
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": _said(title, "vi"),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": publisher},
        "dct:language": "vi",
        "dcat:dataset": [dataset_entry(one) for one in datasets],
    }


def _distribution(file: Distribution, licence: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": file.url},
        "dcat:mediaType": {"@id": MEDIA_TYPES[file.format]},
        "dcat:byteSize": {"@value": str(file.size_bytes), "@type": "xsd:nonNegativeInteger"},
        "dct:license": {"@id": licence},
        "dct:identifier": f"sha256:{file.sha256}",
    }


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
