"""What ends next, and who could take over?"""

from csomap.ui import frame, transitions

view = frame.open("transitions")
if not frame.is_nothing_dated(view):
    transitions.show(view)
