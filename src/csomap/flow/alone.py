"""One import by itself, whether it is live or not."""

from dataclasses import replace

from csomap.errors import BadInput
from csomap.flow import edited
from csomap.flow.live import SAMPLE_DAY, Data, Sources, loaded
from csomap.flow.memory import recall
from csomap.settings import Settings
from csomap.store import Store


def load_import(settings: Settings, import_id: str) -> Data:
    """Return what one import says by itself, live or not, as people decided on it and corrected it.

    What was added by hand is not part of it. Raises BadInput for an import that does not exist.
    """
    store, memory = Store(settings), recall(settings)
    entries = store.imports().set_index("import_id")
    if import_id not in entries.index:
        raise BadInput("import_never", import_id=import_id, known=", ".join(entries.index) or "-")
    entry = entries.loc[import_id]
    is_sample = bool(entry["is_sample"])
    as_of = SAMPLE_DAY if is_sample else entry["imported_at"].date()
    alone = Sources({import_id: store.rows(import_id)}, {import_id: str(entry["name"])}, is_sample, as_of)
    corrected = tuple(one for one in memory.edits if one not in edited.additions(memory.edits))
    data = loaded(alone, replace(memory, edits=corrected), settings)
    return replace(data, version=f"alone-{data.version}")
