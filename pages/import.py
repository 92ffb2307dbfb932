"""Bring a file in."""

from csomap.ui import frame, imports

imports.show(frame.open("import"))
