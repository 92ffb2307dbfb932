"""Take it with me."""

from csomap.ui import frame, reports

view = frame.open("reports")
if not frame.is_nothing_dated(view):
    reports.show(view)
