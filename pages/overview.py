"""What is going on, and how much do we not know?"""

from csomap.ui import frame, overview

view = frame.open("overview")
if not frame.is_nothing_dated(view):
    overview.show(view)
