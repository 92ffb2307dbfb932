"""Who draws waits for a turn: in order, one at a time, and never for long."""

import threading
import time

import pytest

from csomap.ui.turns import Turns


def test_one_draws_at_a_time_in_the_order_of_asking() -> None:
    turns, told, among = Turns(), [], []

    def draw(number: int) -> None:
        with turns.turn():
            among.append(number)
            time.sleep(0.02)
            told.append(list(among))
            among.remove(number)

    drawn = [threading.Thread(target=draw, args=(number,)) for number in range(5)]
    for one in drawn:
        one.start()
        time.sleep(0.005)
    for one in drawn:
        one.join()
    assert told == [[0], [1], [2], [3], [4]]


def test_who_draws_for_long_keeps_nobody_waiting() -> None:
    turns, done = Turns(longest=0.05), threading.Event()
    with turns.turn():
        other = threading.Thread(target=lambda: _draw(turns, done))
        other.start()
        assert done.wait(5)
        with pytest.raises(TimeoutError), turns.turn():  # the next one is not kept out either
            raise TimeoutError
    other.join()


def test_a_page_that_fails_gives_its_turn_up() -> None:
    turns, done = Turns(longest=60), threading.Event()
    with pytest.raises(ValueError), turns.turn():
        raise ValueError
    _draw(turns, done)
    assert done.is_set()


def _draw(turns: Turns, done: threading.Event) -> None:
    with turns.turn():
        done.set()
