"""Who does the same for the same people in the same place?"""

from csomap.ui import frame, overlaps

view = frame.open("overlaps")
if not frame.is_nothing_dated(view):
    overlaps.show(view)
