"""How the app answers when many people use it at once, and what each of them costs.

    python benchmarks/app/sessions.py FILE.xlsx [--sessions 1 20 40] [--changes 6] [--pages gaps ...]

Starts the app on the file, opens many sessions over WebSocket, as browsers do, and lets each change the
filter on the governorate again and again, after pauses of 2 to 6 seconds (drawn from a seed). `median` and
`p95`: seconds from a change until the script of that session has ended. Each governorate was asked for once
before, so what is measured is drawing and waiting for others, not analysis. `first_median`: the same of the
choices that nobody made before, one session. `mb_per_session`: resident memory of the server with all
sessions at rest, less that with one, by session. `bare`: a page of one select box and one sentence, in the
same run. Writes results/app_sessions.csv.
"""

import argparse
import asyncio
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import websockets
from running import BARE, serving
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from csomap import flow
from csomap.settings import ROOT, Settings

RESULTS = Path(__file__).parents[1] / "results" / "app_sessions.csv"
PLACES = [f"IQG{number:02d}" for number in range(1, 19)]
PAUSE = (2.0, 6.0)  # seconds a person looks before the next change
PAGES = ("overview", "map", "overlaps", "gaps", "transitions")


@dataclass
class Session:
    """One person's connection to one page."""

    socket: websockets.ClientConnection
    page: str

    async def change(self, place: str) -> float:
        """Ask for a governorate; return the seconds until its script has ended."""
        asked = BackMsg()
        asked.rerun_script.query_string = f"lang=en&place={place}"
        asked.rerun_script.page_name = self.page
        began = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await self.socket.recv())
            if told.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(told.delta.new_element.exception.message)
            if told.WhichOneof("type") == "script_finished":
                return time.perf_counter() - began


async def opened(url: str, page: str) -> Session:
    """Open a session and draw the page once."""
    address = url.replace("http", "ws") + "/_stcore/stream"
    session = Session(await websockets.connect(address, subprotocols=["streamlit"], max_size=None), page)
    await session.change(PLACES[0])
    return session


async def used(session: Session, changes: int, seed: int) -> list[float]:
    """Change the filter again and again, as a person does; return the seconds of each change."""
    drawn, took = random.Random(seed), []
    for _ in range(changes):
        await asyncio.sleep(drawn.uniform(*PAUSE))
        took.append(await session.change(drawn.choice(PLACES)))
    return took


async def measured(
    url: str, page: str, counts: list[int], changes: int, server: int
) -> list[dict[str, object]]:
    """Return a line for each number of sessions."""
    alone = await opened(url, page)
    first = [await alone.change(place) for place in PLACES[1:]]
    rest, lines = _memory(server), []
    for count in counts:
        sessions = [alone, *[await opened(url, page) for _ in range(count - 1)]]
        took = await asyncio.gather(*(used(one, changes, seed) for seed, one in enumerate(sessions)))
        seconds = pd.Series([one for each in took for one in each])
        lines.append(
            {
                "sessions": count,
                "first_median": pd.Series(first).median(),
                "median": seconds.median(),
                "p95": seconds.quantile(0.95),
                "changes": len(seconds),
                "mb_per_session": (_memory(server) - rest) / (count - 1) if count > 1 else None,
            }
        )
        for one in sessions[1:]:
            await one.socket.close()
    await alone.socket.close()
    return lines


def _memory(server: int) -> float:
    told = Path(f"/proc/{server}/statm").read_text().split()
    return int(told[1]) * 4096 / 1e6


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--sessions", type=int, nargs="*", default=[1, 20, 40])
    asked.add_argument("--changes", type=int, default=6)
    asked.add_argument("--pages", nargs="*", default=list(PAGES))
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "bare.py").write_text(BARE)
        flow.ingest(wanted.file, Settings(home))
        lines: list[dict[str, object]] = []
        for name in ("bare", *wanted.pages):
            where = (home, "bare.py") if name == "bare" else (ROOT, "app.py")
            with serving(*where, home) as (url, server):
                page = "" if name == "bare" else name
                told = asyncio.run(measured(url, page, wanted.sessions, wanted.changes, server))
            lines += [{"page": name, **line} for line in told]
            print(pd.DataFrame(told).round(3).to_string(index=False), name, flush=True)
    found = pd.DataFrame(lines)
    bare = found[found["page"] == "bare"].set_index("sessions")["median"]
    found["times_bare"] = found["median"] / found["sessions"].map(bare)
    found.round(3).to_csv(RESULTS, index=False)
    print(found.round(3).to_string(index=False))


if __name__ == "__main__":
    main()
