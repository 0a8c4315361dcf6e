"""Skills and places for other systems."""

from flask import Response
from sqlalchemy.orm import Session

from registry.api.access import require_scope
from registry.api.rules import ApiScope
from registry.api.schemas.catalogues import (
    CodeElsewhere,
    PlaceAsked,
    Places,
    PlacesAsked,
    PlaceShort,
    PlaceShown,
    SkillRead,
    SkillShown,
    SkillsRead,
    TextsAsked,
)
from registry.api.schemas.document import Operation
from registry.api.views.answering import asked, sent, told
from registry.api.views.blueprint import programs
from registry.api.views.document import documented
from registry.api.views.examples import PLACE, RESOLVED, SKILL
from registry.places import queries as places
from registry.places.models import AdministrativeUnit
from registry.places.rules import Place, UnitLevel
from registry.skills.models import Skill
from registry.skills.queries import skill_by_code, vocabulary
from registry.skills.queries.external import external_codes
from registry.skills.resolver import resolve
from registry.skills.resolver.telling import as_json
from registry.web.database import db_session, only_asks
from registry.web.errors import NotVisible

_SKILLS, _PLACES = ApiScope.SKILLS_READ, ApiScope.PLACES_READ


@programs.post("/skills/resolve")
@documented(
    Operation(
        "Mỗi đoạn chữ là kỹ năng nào; không ghi gì lại",
        SkillsRead,
        "Kỹ năng",
        _SKILLS,
        body=TextsAsked,
        failures=(415, 422),
        example={"items": [RESOLVED]},
        body_example={"texts": ["lập trình python (4)", "kế toán"]},
    )
)
@require_scope(_SKILLS)
@only_asks
def resolve_skills() -> Response:
    """What each text means, as `registry skills resolve` answers."""
    words = vocabulary(db_session())
    texts = sent(TextsAsked).texts
    items = [SkillRead.model_validate(as_json(text, resolve(text, words), words)) for text in texts]
    return told(SkillsRead(items=items))


@programs.get("/skills/<skill_code:code>")
@documented(
    Operation(
        "Một kỹ năng theo mã, kèm mã ESCO và danh mục khác",
        SkillShown,
        "Kỹ năng",
        _SKILLS,
        path={"code": {"pattern": "^[A-Z][0-9A-Z-]{0,39}$"}},
        failures=(404,),
        example=SKILL,
        is_conditional=True,
    )
)
@require_scope(_SKILLS)
def skill(code: str) -> Response:
    """A concept by its code, in any state."""
    session = db_session()
    found = skill_by_code(session, code)
    if found is None:
        raise NotVisible
    survivor = session.get(Skill, found.merged_into_id) if found.merged_into_id else None
    shown = SkillShown(
        code=found.code,
        vi=found.vi,
        en=found.en,
        family=found.family,
        sector=found.sector,
        scale=found.scale,
        state=found.state,
        merged_into=survivor.code if survivor else None,
        labels=sorted({label.text for label in found.labels} - {found.vi, found.en}),
        elsewhere=[
            CodeElsewhere(scheme=one.scheme, code=one.code, uri=one.uri, label=one.label)
            for one in external_codes(session, found)
        ],
    )
    return told(shown)


@programs.get("/places")
@documented(
    Operation(
        "Các tỉnh, thành phố hiện nay; với «parent» là xã, phường, đặc khu của một tỉnh",
        Places,
        "Địa bàn",
        _PLACES,
        query=PlacesAsked,
        failures=(404,),
        example={
            "items": [{k: v for k, v in PLACE.items() if k not in {"parent", "successors", "predecessors"}}]
        },
        is_conditional=True,
    )
)
@require_scope(_PLACES)
def list_places() -> Response:
    """The units of today: provinces, or the communes of one."""
    page, session = asked(PlacesAsked), db_session()
    if page.parent is None:
        return told(Places(items=[_short(unit) for unit in places.provinces(session)]))
    province = places.unit_by_code(session, page.parent)
    if province is None or province.level is not UnitLevel.PROVINCE:
        raise NotVisible
    return told(Places(items=[_short(unit) for unit in places.communes_of(session, province)]))


@programs.get("/places/<code>")
@documented(
    Operation(
        "Một đơn vị hành chính, đơn vị kế thừa và đơn vị cũ của nó",
        PlaceShown,
        "Địa bàn",
        _PLACES,
        path={"code": {"maxLength": 80}},
        query=PlaceAsked,
        failures=(404,),
        example=PLACE,
        is_conditional=True,
    )
)
@require_scope(_PLACES)
def place(code: str) -> Response:
    """A unit by the code it has, or had on a day."""
    page, session = asked(PlaceAsked), db_session()
    unit = places.unit_by_code(session, code, on=page.on)
    if unit is None or unit.level is UnitLevel.COUNTRY:
        raise NotVisible
    return told(_whole(session, unit))


def _whole(session: Session, unit: AdministrativeUnit) -> PlaceShown:
    atlas = places.gazetteer(session)
    known = atlas.by_id(unit.id)
    return PlaceShown(
        **_short(unit).model_dump(),
        parent=_short(unit.parent) if unit.parent else None,
        successors=[] if known.is_current else [_short(one) for one in atlas.today(known)],
        predecessors=[_short(one) for one in atlas.former(known)],
    )


def _short(unit: AdministrativeUnit | Place) -> PlaceShort:
    return PlaceShort(
        code=unit.code,
        name=unit.full_name,
        kind=unit.kind,
        level=unit.level,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )
