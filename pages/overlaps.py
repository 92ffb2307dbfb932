"""Who does the same for the same people in the same place?"""

from csomap.ui import frame, overlaps

overlaps.show(frame.open("overlaps"))
