"""What does the tool not know?"""

from csomap.ui import frame, review

review.show(frame.open("review"))
