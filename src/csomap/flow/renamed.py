"""Who an organisation of an earlier day is now."""

from functools import cached_property

from csomap.flow.live import Data

_NEW, _OWN = "new-", "own-"  # ids of newcomers, and of those whom people registered: of one name, one hash


class Names:
    """The organisations of the data as it is now, to be asked for those of an earlier day."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._told: dict[str, str] = {}

    def now(self, org_id: str) -> str:
        """Return the org_id that an organisation has now; its own where nobody followed it.

        Merges are followed. A newcomer whose name is known by now, because somebody decided on it or because
        an organisation of that name was registered, is that organisation; one that was registered, and is no
        longer, is the newcomer again.
        """
        if org_id not in self._told:
            self._told[org_id] = self._now(org_id)
        return self._told[org_id]

    def _now(self, org_id: str) -> str:
        merged = self._data.merged
        here = merged.get(org_id, org_id)
        if here == org_id and org_id.startswith(_NEW) and org_id not in self._newcomers:
            here = self._data.formerly.get(org_id, org_id)
        elif here == org_id and org_id.startswith(_OWN) and org_id not in self._there:
            again = _NEW + org_id.removeprefix(_OWN)
            here = again if again in self._newcomers else org_id
        return merged.get(here, here)

    def knows(self, org_id: str) -> bool:
        """Say whether an organisation, as it is now, is in the data or the registry."""
        return self.now(org_id) in self._there

    @cached_property
    def _newcomers(self) -> frozenset[str]:
        return frozenset(self._data.newcomers["org_id"])

    @cached_property
    def _there(self) -> frozenset[str]:
        return frozenset(self._data.organisations["org_id"]) | set(self._data.activities["organisation"])
