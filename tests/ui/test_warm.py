"""What is alive is kept out of the garbage collector's way, and what is dead is not kept."""

import gc
import weakref

import pytest

from csomap.ui.warm import Settled


class Knot:
    """What only the collector can throw away: it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def unfrozen():
    yield
    gc.unfreeze()


def _is_aside(thing: object) -> bool:
    return not any(one is thing for one in gc.get_objects())


def test_what_is_alive_is_put_aside_and_what_is_dead_is_thrown_away() -> None:
    alive, dead = Knot(), weakref.ref(Knot())
    Settled(every=1).settle()
    assert _is_aside(alive) and dead() is None


def test_what_died_after_it_was_put_aside_goes_the_next_time() -> None:
    settled, knot = Settled(every=1), Knot()
    settled.settle()
    dead = weakref.ref(knot)
    del knot
    gc.collect()
    assert dead() is not None
    settled.settle()
    assert dead() is None


def test_it_settles_again_after_so_many_runs_and_not_before() -> None:
    settled, alive = Settled(every=3), Knot()
    for _ in range(2):
        settled.count_run()
    assert not _is_aside(alive)
    settled.count_run()
    assert _is_aside(alive)
