"""What may be done to the vocabulary: loaded, curated, undone; and texts that named nothing are kept.

Every verb flushes, records its event and never commits. Acts of curators end with a `SkillChange` that can be undone.
"""

from registry.skills.operations.changes import PLACE_JOB, UNPLACE_JOB, undo_change
from registry.skills.operations.concepts import (
    ConceptTerms,
    create_concept,
    edit_concept,
    restore_concept,
    retire_concept,
)
from registry.skills.operations.errors import (
    AlreadyRelated,
    AlreadyUndone,
    BroaderCycle,
    ChangedSince,
    LabelOwned,
    LabelTaken,
    LabelWordless,
    NameNeeded,
    NotActive,
    NothingChosen,
    NotWaiting,
    Refused,
    SameConcept,
    ScaleFixed,
    WouldCircle,
)
from registry.skills.operations.external import (
    Imported,
    accept_external,
    import_external,
    refuse_external,
)
from registry.skills.operations.labels import NewLabel, add_label, remove_label
from registry.skills.operations.loading import load_vocabulary
from registry.skills.operations.merging import check_mergeable, merge_concepts, split_concept
from registry.skills.operations.pending import LONGEST_TERM, keep_pending, keep_pending_terms
from registry.skills.operations.placing import handlers, wanted_by
from registry.skills.operations.previews import (
    MergePreview,
    SplitPreview,
    preview_merge,
    preview_split,
)
from registry.skills.operations.relations import add_relation, remove_relation
from registry.skills.operations.terms import ignore_term, label_term

__all__ = [
    "LONGEST_TERM",
    "PLACE_JOB",
    "UNPLACE_JOB",
    "AlreadyRelated",
    "AlreadyUndone",
    "BroaderCycle",
    "ChangedSince",
    "ConceptTerms",
    "Imported",
    "LabelOwned",
    "LabelTaken",
    "LabelWordless",
    "MergePreview",
    "NameNeeded",
    "NewLabel",
    "NotActive",
    "NotWaiting",
    "NothingChosen",
    "Refused",
    "SameConcept",
    "ScaleFixed",
    "SplitPreview",
    "WouldCircle",
    "accept_external",
    "add_label",
    "add_relation",
    "check_mergeable",
    "create_concept",
    "edit_concept",
    "handlers",
    "ignore_term",
    "import_external",
    "keep_pending",
    "keep_pending_terms",
    "label_term",
    "load_vocabulary",
    "merge_concepts",
    "preview_merge",
    "preview_split",
    "refuse_external",
    "remove_label",
    "remove_relation",
    "restore_concept",
    "retire_concept",
    "split_concept",
    "undo_change",
    "wanted_by",
]
