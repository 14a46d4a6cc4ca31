"""Codings with their evidence, from Docs and a codebook."""

from ptce_qual.coding.coder import code_doc
from ptce_qual.coding.rules import RuleSet

__all__ = ["RuleSet", "code_doc"]
