"""A results folder without a pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from results_folders import TEXTS, coded_corpus, written

from ptce_qual.analysis.coded_corpus import CodedCorpus


@pytest.fixture
def coded(tmp_path: Path) -> CodedCorpus:
    return coded_corpus(tmp_path, TEXTS)


@pytest.fixture
def results(tmp_path: Path, coded: CodedCorpus) -> Path:
    return written(tmp_path / "results", coded)
