"""What the README shows is run."""

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
EXAMPLES = [
    pytest.param(example, id=f"{page.name}-{number}")
    for page in PAGES
    for number, example in enumerate(re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL))
]


@pytest.fixture(scope="module")
def small_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the study's codebook and one of its cases."""
    folder = tmp_path_factory.mktemp("study")
    shutil.copy(ROOT / "codebook.yaml", folder)
    shutil.copytree(ROOT / "corpus" / "valbrenne", folder / "corpus" / "valbrenne")
    return folder


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_documents_runs_and_prints(
    example: str, small_study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small_study)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out.strip()


def test_the_documents_have_examples() -> None:
    assert len(EXAMPLES) >= 4


def test_each_link_of_the_documents_leads_to_a_file() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
