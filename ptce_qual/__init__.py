"""Qualitative coding and text mining of French interviews: rules that explain themselves, offline, reproducible.

Importing this package loads neither spaCy nor pandas.
"""

__all__: list[str] = []
