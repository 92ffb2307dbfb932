"""Where is nobody?"""

from csomap.ui import frame, gaps

view = frame.open("gaps")
if not frame.is_nothing_dated(view):
    gaps.show(view)
