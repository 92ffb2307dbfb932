"""A report to take along: one list of sections, written as PDF, as slides or as a workbook."""

from csomap.reports.contents import SECTIONS, file_name, report, titles
from csomap.reports.document import KINDS, Document, Section, write

__all__ = ["KINDS", "SECTIONS", "Document", "Section", "file_name", "report", "titles", "write"]
