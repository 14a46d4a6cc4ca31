"""Documents for a team: the codebook, and a booklet of verbatims, for a word processor."""

from ptce_qual.report.documents.booklet import render_booklet
from ptce_qual.report.documents.codebook import render_codebook

__all__ = ["render_booklet", "render_codebook"]
