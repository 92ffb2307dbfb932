"""Can I trust it?"""

from csomap.ui import about, frame

about.show(frame.open("about"))
