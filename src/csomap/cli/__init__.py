"""The command line: the same flow as the pages."""

from csomap.cli.commands import main
from csomap.cli.frame import app
from csomap.cli.report import report

__all__ = ["app", "main", "report"]
