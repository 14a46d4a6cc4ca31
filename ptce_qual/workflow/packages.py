"""The packages that results may depend on, and their versions here."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

OURS = "ptce-qual"
PACKAGES = (OURS, "spacy", "thinc", "numpy", "google-re2", "pandas", "scipy", "networkx", "matplotlib", "jinja2")


def installed_version(package: str) -> str:
    """Return the version of a package, « – » where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"
