"""Who does what where?"""

from csomap.ui import frame, map

map.show(frame.open("map"))
