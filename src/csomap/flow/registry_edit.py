"""One organisation of the registry, corrected by the person who keeps it."""

import datetime as dt
from collections.abc import Mapping

from csomap.errors import BadInput
from csomap.flow.faults import Faults, listed
from csomap.flow.live import Data
from csomap.flow.registry import decision, recorded
from csomap.flow.registry_checks import EDITED, Record, alone, taken, tidy
from csomap.settings import Settings
from csomap.store import Decisions, exists

KIND = "registry"


def registry_seen(settings: Settings, org_id: str) -> int:
    """Return the id of the decision that holds on an organisation of the registry; 0 if none does."""
    if not exists(settings):
        return 0
    held = [one.id for one in Decisions(settings).holding(KIND) if one.subject == org_id]
    return held[-1] if held else 0


def correct_organisation(
    data: Data,
    settings: Settings,
    org_id: str,
    changes: Mapping[str, str],
    *,
    seen: int | None = None,
    note: str = "",
    who: str = "",
) -> int:
    """Keep what somebody corrected of one organisation; return the decision's id, by which it is undone.

    `changes` are columns of the registry (name_en, name_ar, name_ckb, acronym, type, registration, founded,
    functions, aliases; lists joined by ;); the others stay as they are. 0 where nothing is different. `seen`
    is what `registry_seen` said when the person looked. Raises BadInput for an unknown organisation or
    column, Faults for every value to mend, Outdated if somebody else changed it since.
    """
    known = recorded(data)
    if org_id not in known:
        raise BadInput("organisation_unknown", value=org_id)
    record = known[org_id] | _checked(changes)
    if record == known[org_id]:
        return 0
    told = [(0, record)]
    faults = [*alone(told, known, dt.date.today().year), *taken([record], told, known)]
    if faults:
        raise Faults("registry_faults", listed(faults))
    made, key = decision(record, known[org_id]), (KIND, org_id, "")
    return Decisions(settings).decide_all([made], note, who, {key: seen})


def _checked(changes: Mapping[str, str]) -> Record:
    unknown = sorted(set(changes) - set(EDITED))
    if unknown:
        raise BadInput("registry_column", value=", ".join(unknown), known=", ".join(EDITED))
    return {name: tidy(name, text) for name, text in changes.items()}
