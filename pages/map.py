"""Who does what where?"""

from csomap.ui import frame, map

view = frame.open("map")
if not frame.is_nothing_dated(view):
    map.show(view)
