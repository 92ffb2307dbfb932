"""Where is nobody?"""

from csomap.ui import frame, gaps

gaps.show(frame.open("gaps"))
