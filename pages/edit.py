"""What is wrong or missing in one activity?"""

from csomap.ui import edit, frame

edit.show(frame.open("edit"))
