"""Ids of rules: the one that is written, else the code's and a hash of what the rule matches; of words with points."""

from __future__ import annotations

import hashlib
import json

from ptce_qual.codebook.model import Rule


def rule_id(rule: Rule, code_id: str) -> str:
    """Return a rule's id, which outlives a move in the file and another note."""
    if rule.id:
        return rule.id
    content = rule.model_dump(exclude={"id", "note"}, exclude_defaults=True)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return f"{code_id}-{digest[:8]}"


def words_id(code_id: str) -> str:
    """Return what evidence by the words that bring points to a code is called, as a rule is by its id."""
    return f"{code_id}-words"
