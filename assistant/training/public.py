"""Reads those rows of public data sets whose labels certainly mean one of ours, by the table `public.yaml`."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from data import Command, Example, Labels, Span, same_words

TABLE = Path(__file__).parent / "public.yaml"


def read_public(folder: Path, labels: Labels) -> list[Example]:
    """Examples of all sets under `folder` (JSONL rows `{"id","text","intent","slots"}`), without repeated texts.
    Raises ValueError for a label that the ontology does not have."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    seen: set[str] = set()
    examples: list[Example] = []
    for entry in table:
        rules = [(intent, rule) for intent, rules in entry["intents"].items() for rule in rules]
        unknown = sorted({rule["to"] for _, rule in rules} - set(labels.intents))
        if unknown:
            raise ValueError(f"public.yaml, {entry['set']}: the ontology has no {', '.join(unknown)}")
        rows = [row for file in entry["files"] for row in read_rows(folder / file)]
        random.Random(7).shuffle(rows)
        for intent, rule in rules:
            taken = 0
            for row in rows:
                text = row["text"].strip()
                if row["intent"] != intent or text.lower() in seen or not fits(text.lower(), rule):
                    continue
                if taken >= rule.get("cap", len(rows)):
                    break
                seen.add(text.lower())
                examples.append(convert(row, text, rule, entry, labels))
                taken += 1
    return examples


def read_texts(folder: Path, known: set[str]) -> list[Example]:
    """Every other text of the same training files, without labels: what a teacher may comment on. `known` holds the
    texts (`same_words`) to leave out."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    files = dict.fromkeys(file for entry in table for file in entry["files"])
    texts = {same_words(row["text"]): row for file in files for row in read_rows(folder / file)}
    return [
        Example(row["id"], row["text"].strip(), (), (), "text")
        for words, row in texts.items()
        if words and words not in known and fits(row["text"].lower(), {})
    ]


def read_rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def fits(text: str, rule: dict[str, Any]) -> bool:
    if "<unk>" in text or "olly" in text or "QUOTED" in text:
        return False
    wanted = "only" not in rule or re.search(rule["only"], text) is not None
    return wanted and not ("not" in rule and re.search(rule["not"], text))


def convert(row: dict[str, Any], text: str, rule: dict[str, Any], entry: dict[str, Any], labels: Labels) -> Example:
    names: dict[str, str] = entry.get("slots", {})
    skipped: list[str] = entry.get("no_slot", [])
    intent: str = rule["to"]
    spans = [slot for slot in row["slots"] if slot["name"] not in skipped]
    translated = all(names.get(slot["name"]) in labels.allowed[intent] for slot in spans)
    annotated = row.get("slots_annotated", "slots" in entry) and translated and row["text"] == text
    known = rule.get("plain", False) or not labels.allowed[intent] or (annotated and len(spans) > 0)
    slots = tuple(Span(names[s["name"]], s["start"], s["end"]) for s in spans) if annotated and known else ()
    end = len(text.encode("utf-16-le")) // 2
    return Example(row["id"], text, (), (Command(intent, 0, end, slots),), f"public:{entry['set']}", known)
