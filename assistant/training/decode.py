"""From logits to commands, by the same rules as the run-time's `assistant/understanding/slm/decode.ts` (which the
run-time follows by joining names cut in two, `mentions.ts`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from data import OUT_OF_SCOPE, Encoded, Labels

SILENCE = "none.silence.select"
BOUNDARY = 0.5
"""Written into labels.json: probability from which a word more likely begins a command than not."""
DOUBTFUL = 3.0
SURE = 0.8
NO_WISH = ("none.", "climate.comfort.", "dialogue.deny.", "dialogue.cancel.")
WORTH_TELLING = 0.05
OPPOSITE_MARGIN = 0.2
PAIRS = [
    ("on", "off"),
    ("open", "close"),
    ("lock", "unlock"),
    ("increase", "decrease"),
    ("start", "stop"),
    ("add", "remove"),
    ("next", "previous"),
    ("pause", "resume"),
]
OPPOSITE = dict(PAIRS) | {b: a for a, b in PAIRS}


@dataclass(frozen=True)
class Reading:
    intent: str
    confidence: float
    start: int
    end: int
    slots: frozenset[tuple[str, int, int]]
    """(name, start, end) in UTF-16 units."""
    outside: float
    """How likely it is out of scope."""


@dataclass(frozen=True)
class Outputs:
    """Logits of one utterance's own tokens: intent [T,L], pool [T], boundary [T], slot [T,1+2S]."""

    intent: np.ndarray
    pool: np.ndarray
    boundary: np.ndarray
    slot: np.ndarray


def intent_distribution(outputs: Outputs, first: int, last: int, temperature: float) -> np.ndarray:
    weights = softmax(outputs.pool[first:last])
    return softmax(weights @ outputs.intent[first:last] / temperature)


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max())
    return e / e.sum()


def decode(outputs: Outputs, row: Encoded, labels: Labels, temperature: float, threshold: float) -> list[Reading]:
    """The commands of one utterance, in the order they were said; at least one."""
    return decide(read(outputs, row, labels, temperature), threshold)


def read(outputs: Outputs, row: Encoded, labels: Labels, temperature: float) -> list[Reading]:
    """The likeliest reading of every command, however unlikely."""
    if row.utterance == 0:
        return [Reading(SILENCE, 1.0, 0, 0, frozenset(), 0.0)]

    @cache
    def reading(first: int, last: int) -> Reading:
        distribution = intent_distribution(outputs, first, last, temperature)
        best = int(distribution.argmax())
        intent = labels.intents[best]
        slots = find_slots(outputs.slot, row, first, last, labels, labels.allowed[intent])
        confidence = confidence_of(best, distribution, labels)
        outside = float(distribution[labels.intents.index(OUT_OF_SCOPE)])
        return Reading(intent, confidence, row.offsets[first][0], row.offsets[last - 1][1], slots, outside)

    def divided(first: int, last: int) -> list[Reading]:
        """Without sure cuts: cut where both parts are surest, if they are wishes for two things, or if the
        cut is likely and the whole is not surely one."""
        whole = reading(first, last)
        best: tuple[float, int] | None = None
        for at in range(first + 1, last):
            if not row.word_starts[at] or outputs.boundary[at] <= -DOUBTFUL:
                continue
            before, after = reading(first, at), reading(at, last)
            sure = min(before.confidence, after.confidence)
            clear = target_of(before) != target_of(after) and sure >= SURE and not (
                before.intent.startswith(NO_WISH) or after.intent.startswith(NO_WISH)
            )
            if (clear or outputs.boundary[at] > 0) and sure >= (best[0] if best else 0.0):
                best = (sure, at)
        if best is None or (best[0] < SURE and whole.confidence >= SURE):
            return [whole]
        return divided(first, best[1]) + divided(best[1], last)

    cuts = [0] + [i for i in range(1, row.utterance) if row.word_starts[i] and outputs.boundary[i] >= DOUBTFUL]
    return [r for first, last in zip(cuts, [*cuts[1:], row.utterance], strict=True) for r in divided(first, last)]


def target_of(reading: Reading) -> str:
    return reading.intent.rsplit(".", 1)[0]


def decide(readings: list[Reading], threshold: float) -> list[Reading]:
    """Rejects what is less sure than `threshold`, and repairs what is left."""
    return repaired(
        [
            r
            if r.confidence >= threshold or r.intent.startswith("none.")
            else replace(r, intent=OUT_OF_SCOPE, confidence=r.outside, slots=frozenset())
            for r in readings
        ]
    )


def confidence_of(index: int, distribution: np.ndarray, labels: Labels) -> float:
    """A command as likely as its contrary is worth no more than the distance between them."""
    target, operation = labels.intents[index].rsplit(".", 1)
    contrary = f"{target}.{OPPOSITE.get(operation)}"
    own = float(distribution[index])
    other = float(distribution[labels.intents.index(contrary)]) if contrary in labels.allowed else 0.0
    return max(0.0, own - other) if own - other < OPPOSITE_MARGIN and other > WORTH_TELLING else own


def repaired(readings: list[Reading]) -> list[Reading]:
    """Noise beside a command is nothing to answer, and a command said twice in one breath is one command."""
    spoken = [r for r in readings if r.intent != SILENCE] or readings[:1]
    kept: list[Reading] = []
    for reading in spoken:
        last = kept[-1] if kept else None
        if last and last.intent == reading.intent and (not reading.slots or reading.intent == OUT_OF_SCOPE):
            kept[-1] = replace(last, end=reading.end)
        else:
            kept.append(reading)
    return kept


def find_slots(
    logits: np.ndarray, row: Encoded, first: int, last: int, labels: Labels, allowed: frozenset[str]
) -> frozenset[tuple[str, int, int]]:
    """The best BIO path over the words of one command, with the slots that its intent may carry; a word's first
    piece decides."""
    names = [name for name in labels.slots if name in allowed]
    if not names:
        return frozenset()
    starts = [i for i in range(first, last) if row.word_starts[i]]
    columns = [labels.slots.index(name) for name in names]
    scores = logits[starts]
    scores = scores - np.log(np.exp(scores - scores.max(-1, keepdims=True)).sum(-1, keepdims=True)) - scores.max(-1, keepdims=True)
    outside = scores[:, 0]
    begin = scores[:, [1 + 2 * c for c in columns]]
    inside = scores[:, [2 + 2 * c for c in columns]]

    # State 0 is O; state 1+k is "in slot k". An I may only follow its own slot; B follows anything.
    best = np.concatenate([[outside[0]], begin[0]])
    steps: list[tuple[np.ndarray, np.ndarray]] = []
    for t in range(1, len(starts)):
        previous = int(best.argmax())
        opened = best[previous] + begin[t]
        carried = best[1:] + inside[t]
        came_from = np.where(carried > opened, np.arange(1, len(best)), previous)
        began = carried <= opened
        best = np.concatenate([[best[previous] + outside[t]], np.where(began, opened, carried)])
        steps.append((np.concatenate([[previous], came_from]), np.concatenate([[False], began])))

    state = int(best.argmax())
    found: set[tuple[str, int, int]] = set()
    end_word: int | None = None
    for t in range(len(starts) - 1, -1, -1):
        opens = state > 0 and (t == 0 or bool(steps[t - 1][1][state]))
        if state > 0 and end_word is None:
            end_word = t
        if opens and end_word is not None:
            final = (starts[end_word + 1] if end_word + 1 < len(starts) else last) - 1
            found.add((names[state - 1], row.offsets[starts[t]][0], row.offsets[final][1]))
            end_word = None
        if t > 0:
            state = int(steps[t - 1][0][state])
    return frozenset(found)
