"""What do we decide together?"""

from csomap.ui import frame, meeting

meeting.show(frame.open("meeting"))
