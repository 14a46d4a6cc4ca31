"""The YAML codebook: its model, the rule language, and loading with every problem at once."""

from ptce_qual.codebook.load import load_codebook, read_codebook
from ptce_qual.codebook.model import Code, Codebook, Example, Rule

__all__ = ["Code", "Codebook", "Example", "Rule", "load_codebook", "read_codebook"]
