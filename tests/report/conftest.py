"""Lets the tests of this folder import the corpora that those of analyses share, and what is made of them here."""

import sys
from pathlib import Path

for folder in ("", "../analysis"):
    sys.path.insert(0, str((Path(__file__).parent / folder).resolve()))
