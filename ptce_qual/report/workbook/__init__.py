"""A workbook of the codings, what is measured of them, and what was said, for a spreadsheet."""

from ptce_qual.report.workbook.render import render_workbook

__all__ = ["render_workbook"]
