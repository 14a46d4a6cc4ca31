"""The pages of a dossier as a browser would resolve them: ids, links, and what they would fetch."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote, urldefrag

from lxml import html

from ptce_qual.report.contents import Contents
from ptce_qual.study.manifest import Manifest
from ptce_qual.workflow.asked import asked_profile
from ptce_qual.workflow.contents import shown_analyses

TOLD = Manifest(
    coding={"model": None, "unit": "sentence", "interviewer": False},
    analyses={},
    codebook={"title": "made", "version": "1", "sha256": "0" * 64},
    pipeline={"sha256": "1" * 64},
    packages={"ptce-qual": "0.1.0"},
    transcripts=(),
    not_read=(),
    files={},
    study={},
)


def ready(contents: Contents) -> Contents:
    """Return contents with a manifest, all of the profile, and no agreement, of which those of figures have a part."""
    profile = asked_profile(contents.coded, shown_analyses({}, {})["profile"] | {"permutations": 99})
    return replace(contents, manifest=TOLD, agreement=None, profile=profile)


def parsed(files: Mapping[str, bytes]) -> dict[str, html.HtmlElement]:
    """Return the pages among files, by path."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    return {
        path: html.document_fromstring(content, parser=parser)
        for path, content in files.items()
        if path.endswith(".html")
    }


def faults(files: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong with the links and ids of pages: dead links, ids that stand twice, empty links."""
    pages = parsed(files)
    ids = {path: Counter(page.xpath("//@id")) for path, page in pages.items()}
    told = [f"{path}: id {one} twice" for path, counts in ids.items() for one, count in counts.items() if count > 1]
    for path, page in pages.items():
        for href in page.xpath("//a/@href"):
            target, anchor = urldefrag(href)
            led = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target))) if target else path
            if led not in ids or unquote(anchor) not in ids[led]:
                told.append(f"{path}: {href or 'an empty link'} leads nowhere")
        for name in page.xpath("//@aria-labelledby | //@for | //@aria-describedby"):
            told += [f"{path}: no {one}" for one in name.split() if one not in ids[path]]
    return told


def fetched(content: bytes) -> list[str]:
    """Return the addresses that a page would fetch something from; links to follow and names of XML are none."""
    (page,) = parsed({"page.html": content}).values()
    told = [
        str(one)
        for one in page.xpath(
            "//@src | //link/@href | //*[local-name()='use' or local-name()='image']/@*[local-name()='href']"
        )
    ]
    told += re.findall(r"url\(([^)]*)\)|@import", "".join(page.xpath("//style/text() | //@style")))
    return [one for one in told if not one.startswith("#")]


def sections(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the text of each section of the first page, blanks joined, by its id."""
    page = parsed(files)["report.html"]
    return {one.get("id"): re.sub(r"[ \n]+", " ", one.text_content()) for one in page.xpath("//main/section")}
