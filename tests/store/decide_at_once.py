"""One of two people who decide at once: `decide_at_once.py HOME NAME OTHER` waits for the other."""

import sys
import time
from pathlib import Path

from csomap.settings import Settings
from csomap.store import Decisions

home, name, other = sys.argv[1:]
decisions = Decisions(Settings(Path(home)))
folder = Path(home).parent
(folder / f"ready-{name}").touch()
end = time.monotonic() + 30
while not (folder / f"ready-{other}").exists() and time.monotonic() < end:
    time.sleep(0.01)
for number in range(20):
    decisions.decide("place", f"{name} {number}", "IQG01", who=name)
