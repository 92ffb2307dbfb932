"""Who is who?"""

from csomap.ui import frame, organisations

organisations.show(frame.open("organisations"))
