"""The index beside the reference, over the same registry at the same moment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.index import numba_kernel, numpy_kernel
from registry.matching.engine.index.answer import Answer, Wish, joined, of_reference
from registry.matching.engine.index.question import ask, visible_rows
from registry.matching.engine.score import Plan, prepare, rank_people
from registry.matching.queries.concepts import Concepts, concepts_around
from registry.matching.queries.left_people import left_facts
from registry.matching.queries.people import Reads, person_facts
from registry.matching.queries.snapshots import Opened, opened
from registry.skills.queries import similarity_of
from tests.factories.worlds import World

EVERYONE = 1_000
KERNELS: dict[str, Callable[..., Answer]] = {"numpy": numpy_kernel.answer, "numba": numba_kernel.answer}


@dataclass
class Compared:
    """How many answers were compared, how many of them the index gave, and where they differ."""

    cases: int = 0
    by_index: int = 0
    differences: list[str] = field(default_factory=list[str])


def compare(world: World, compared: Compared, needs: int = 2) -> None:
    """Ask some needs for some viewers, by the index with either kernel and by the reference alone."""
    session, similar = world.session, similarity_of(world.session)
    ids = {code: skill_id for skill_id, code in world.skills.items()}
    current = world.current_codes()
    for _ in range(needs):
        spec = world.need()
        wanted = {ids[code] for code, now in current.items() if now in {one.skill for one in spec.skills}}
        concepts = concepts_around(session, wanted, similar)
        plan = prepare(spec, concepts.table)
        reads = Reads.of([spec], concepts.ids_like(one.skill for one in spec.skills))
        viewer, wish = world.viewer(), _wish(world)
        truth = by_reference(session, plan, viewer, reads, world.today, wish)
        found = opened(session, world.today)
        compared.cases += len(KERNELS)
        if found is None:
            continue
        left = left_facts(session, viewer, reads, world.today, found)
        rest = of_reference(rank_people(plan, left, world.today), wish)
        for name in KERNELS:
            compared.by_index += 1
            answer = joined([by_index(found, plan, viewer, concepts, wish, name), rest], wish.count)
            if answer != truth:
                compared.differences.append(f"{name} {found.snapshot.version} {spec}\n{answer}\n{truth}")


def _wish(world: World) -> Wish:
    return Wish(world.chance.choice((0, 0, 2_500)), world.chance.choice((3, EVERYONE)))


def by_reference(
    session: Session, plan: Plan, viewer: Viewer, reads: Reads, as_of: date, wish: Wish
) -> Answer:
    """Everybody by the plain formula."""
    people = person_facts(session, viewer, reads, as_of)
    return joined([of_reference(rank_people(plan, people, as_of), wish)], wish.count)


def by_index(
    found: Opened, plan: Plan, viewer: Viewer, concepts: Concepts, wish: Wish, kernel: str
) -> Answer:
    """What the snapshot says of those whom it may answer for."""
    skill_ids: dict[str, list[int]] = {}
    for skill_id, code in concepts.codes.items():
        skill_ids.setdefault(code, []).append(skill_id)
    scopes = [(one.unit_path, one.organisation_path) for one in viewer.scopes]
    visible = visible_rows(found.snapshot, scopes).copy()
    visible[found.left_rows] = False
    return KERNELS[kernel](found.snapshot, ask(plan, found.snapshot, skill_ids), visible, wish)
