"""What is going on, and how much do we not know?"""

from csomap.ui import frame, overview

overview.show(frame.open("overview"))
