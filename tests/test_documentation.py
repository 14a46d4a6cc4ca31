"""What the README shows is run, and of the pages of docs/ what begins with « # runs »."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_readme_runs_and_prints(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out.strip()


PAGES = {
    f"{page.name}-{place}": example
    for page in sorted(ROOT.glob("docs/*.md"))
    for place, example in enumerate(
        re.findall(r"```python\n(# runs\n.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    )
}


@pytest.mark.parametrize("name", PAGES)
def test_an_example_of_a_page_runs_and_prints(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(PAGES[name], name, "exec"), {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out.strip()


def test_the_readme_has_examples() -> None:
    assert len(EXAMPLES) >= 2


def test_each_link_of_the_documents_leads_to_a_file() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
