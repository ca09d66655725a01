"""From JSONL utterances to batches of tensors, and from token labels back to character spans."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import yaml
from tokenizers import Tokenizer
from torch import Tensor

from model import MAX_TOKENS

MAX_UTTERANCE_TOKENS = 60
"""[CLS] and [SEP] around it, and two places left so that the first context turn is never a bare marker."""
IGNORED = -100
"""Target of a token that no loss looks at."""
OUT_OF_SCOPE = "none.out_of_scope.select"


@dataclass(frozen=True)
class Span:
    """A slot: its name and its place in the text, in UTF-16 units, end exclusive."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Command:
    intent: str
    start: int
    end: int
    slots: tuple[Span, ...]


@dataclass(frozen=True)
class Example:
    id: str
    text: str
    context: tuple[tuple[str, str], ...]
    """(who, text), oldest first; who is `user` or `car`."""
    commands: tuple[Command, ...]
    """None for mere text, of which only a teacher knows what it means."""
    source: str
    slots_known: bool = True
    """False where the source annotates no slots: the slot loss then looks away."""


@dataclass(frozen=True)
class Labels:
    """What the model can say, in the order of its outputs."""

    intents: tuple[str, ...]
    slots: tuple[str, ...]
    allowed: dict[str, frozenset[str]] = field(repr=False)
    """The slots that each intent may carry."""

    @property
    def tags(self) -> tuple[str, ...]:
        return ("O", *(f"{part}-{slot}" for slot in self.slots for part in ("B", "I")))


def read_labels(ontology: Path) -> Labels:
    """Reads `ontology.yaml`: every label `target.operation` in the file's order, every slot likewise."""
    raw = yaml.safe_load(ontology.read_text(encoding="utf-8"))
    slots = tuple(raw["slots"])
    allowed: dict[str, frozenset[str]] = {}
    for target, entry in raw["targets"].items():
        own = frozenset(slots) if "*" in entry["slots"] else frozenset(entry["slots"])
        for operation in entry["operations"]:
            allowed[f"{target}.{operation}"] = own
    return Labels(tuple(allowed), slots, allowed)


def read_examples(file: Path) -> list[Example]:
    """Reads JSONL lines `{"id","text","context":[{"who","text"}],"commands":[{"intent","start","end","slots"}]}`."""
    examples = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            commands = tuple(
                Command(c["intent"], c["start"], c["end"], tuple(Span(s["name"], s["start"], s["end"]) for s in c["slots"]))
                for c in row["commands"]
            )
            context = tuple((turn["who"], turn["text"]) for turn in row.get("context") or [])
            examples.append(
                Example(row["id"], row["text"], context, commands, row["source"], row.get("slots_known", True))
            )
    return examples


def same_words(text: str) -> str:
    """`text` without case and marks: a sentence that differs in nothing else is no new one."""
    return re.sub(r"[^a-z0-9']+", " ", text.lower()).strip()


@dataclass(frozen=True)
class Encoded:
    """An example as token ids and targets; offsets are UTF-16 and cover the utterance's tokens only."""

    ids: np.ndarray
    utterance: int
    """Tokens 1..utterance (inclusive) are the utterance; 0 is [CLS]."""
    offsets: list[tuple[int, int]]
    word_starts: list[bool]
    segments: np.ndarray
    tags: np.ndarray
    intents: list[int]


def encode(example: Example, tokenizer: Tokenizer, labels: Labels) -> Encoded:
    """Lays out `[CLS] utterance [SEP] newest turn [SEP] older … [SEP]` in at most 64 tokens."""
    encoding = tokenizer.encode(example.text, add_special_tokens=False)
    to_utf16 = utf16_offsets(example.text)
    ids = encoding.ids[:MAX_UTTERANCE_TOKENS]
    offsets = [(to_utf16[a], to_utf16[b]) for a, b in encoding.offsets[: len(ids)]]
    words = encoding.word_ids[: len(ids)]
    word_starts = [i == 0 or words[i] != words[i - 1] for i in range(len(ids))]

    segments = np.zeros(len(ids), dtype=np.int8)
    tags = np.zeros(len(ids), dtype=np.int16)
    for number, command in enumerate(example.commands):
        for i, (start, _) in enumerate(offsets):
            if number > 0 and start >= command.start:
                segments[i] = number
        for slot in command.slots:
            inside = [i for i, (a, b) in enumerate(offsets) if a < slot.end and b > slot.start]
            tag = 1 + 2 * labels.slots.index(slot.name)
            for position, i in enumerate(inside):
                tags[i] = tag if position == 0 else tag + 1
    if not example.slots_known or not example.commands:
        tags[:] = IGNORED
    present = (sorted(set(segments.tolist())) or [0]) if example.commands else []
    intents = [labels.intents.index(example.commands[number].intent) for number in present] or [IGNORED]
    for dense, number in enumerate(present):
        segments[segments == number] = dense

    tokens = [tokenizer.token_to_id("[CLS]"), *ids, tokenizer.token_to_id("[SEP]")]
    for who, text in reversed(example.context[-3:]):
        room = MAX_TOKENS - len(tokens) - 2
        if room < 1:
            break
        turn = tokenizer.encode(text, add_special_tokens=False).ids[:room]
        marker = tokenizer.token_to_id("[USER]" if who == "user" else "[CAR]")
        tokens += [marker, *turn, tokenizer.token_to_id("[SEP]")]
    return Encoded(np.array(tokens, dtype=np.int32), len(ids), offsets, word_starts, segments, tags, intents)


def utf16_offsets(text: str) -> list[int]:
    """UTF-16 position of every code point, and of the end."""
    positions = [0]
    for character in text:
        positions.append(positions[-1] + (2 if ord(character) > 0xFFFF else 1))
    return positions


@dataclass(frozen=True)
class Batch:
    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor
    segments: Tensor
    """[B,T]: which command a token belongs to; -1 outside of the utterance."""
    tags: Tensor
    intents: Tensor
    """[C]: the intents of all commands, utterance by utterance; IGNORED for mere text."""
    labelled: Tensor
    """[B]: False for mere text."""

    def to(self, device: torch.device) -> Batch:
        return Batch(*(getattr(self, name).to(device) for name in self.__dataclass_fields__))

    @property
    def inputs(self) -> tuple[Tensor, Tensor, Tensor]:
        return self.input_ids, self.attention_mask, self.token_type_ids


def collate(rows: list[Encoded]) -> Batch:
    tokens = max(len(row.ids) for row in rows)
    size = (len(rows), tokens)
    ids = np.zeros(size, dtype=np.int64)
    mask = np.zeros(size, dtype=np.int64)
    types = np.zeros(size, dtype=np.int64)
    segments = np.full(size, -1, dtype=np.int64)
    tags = np.full(size, IGNORED, dtype=np.int64)
    for i, row in enumerate(rows):
        length, utterance = len(row.ids), row.utterance
        ids[i, :length] = row.ids
        mask[i, :length] = 1
        types[i, utterance + 2 : length] = 1
        # An utterance without a single token (emoji only) still has a command: [CLS] speaks for it.
        segments[i, 1 : utterance + 1] = row.segments
        if utterance == 0:
            segments[i, 0] = 0
        tags[i, 1 : utterance + 1] = row.tags
    intents = [intent for row in rows for intent in row.intents]
    labelled = torch.tensor([row.intents[0] != IGNORED for row in rows])
    return Batch(*(torch.from_numpy(a) for a in (ids, mask, types, segments, tags)), torch.tensor(intents), labelled)


def sampling_weights(
    rows: list[Encoded], sources: list[str], source_weight: dict[str, float], labels: Labels
) -> np.ndarray:
    """Probability of drawing each row: rare labels are lifted (inverse square root of their count), and every
    source counts by its weight (1 if not named). What is out of scope is not one meaning but everything else, and mere
    text has no label: these rows count as if their label were of middling frequency."""
    counts = Counter(row.intents[0] for row in rows)
    commonest = (labels.intents.index(OUT_OF_SCOPE), IGNORED)
    meanings = [count for intent, count in counts.items() if intent not in commonest]
    for intent in commonest:
        counts[intent] = sum(meanings) / len(meanings)
    weights = np.array(
        [source_weight.get(source, 1.0) / counts[row.intents[0]] ** 0.5 for row, source in zip(rows, sources, strict=True)]
    )
    return weights / weights.sum()


def training_batches(
    rows: list[Encoded], weights: np.ndarray, size: int, count: int, seed: int
) -> Iterator[list[int]]:
    """`count` batches of the indices of `size` rows drawn by `weights`, each of rows of similar length, in random order."""
    drawn = np.random.default_rng(seed)
    shuffle = random.Random(seed)
    window = 50
    for first in range(0, count, window):
        batches = min(window, count - first)
        picked = sorted(drawn.choice(len(rows), batches * size, p=weights), key=lambda i: len(rows[i].ids))
        groups = [picked[i : i + size] for i in range(0, len(picked), size)]
        shuffle.shuffle(groups)
        yield from groups


def ordered_batches(rows: list[Encoded], size: int) -> Iterator[tuple[list[int], list[Encoded]]]:
    """Every row once, with its indices, bucketed by length."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    for first in range(0, len(order), size):
        indices = order[first : first + size]
        yield indices, [rows[i] for i in indices]
