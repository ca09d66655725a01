"""What a teacher says of every row: asked once and kept beside its checkpoint, instead of at every step of every run,
where it would take a fifth of the time. It also tells which rows are worth drawing."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from data import IGNORED, Batch, Encoded, collate, ordered_batches
from losses import Answers, answer, begins_of
from model import CommandModel

EASY = 0.4
"""How often a row that the teacher reads without doubt is drawn, beside one that it certainly misreads (1 + EASY)."""


@dataclass(frozen=True)
class Lesson:
    """A teacher's logits for one row, in half precision: of its commands [C,L], and of its spoken pieces, boundaries
    [U] and slots [U,1+2S]."""

    intent: np.ndarray
    boundary: np.ndarray
    slot: np.ndarray
    certainty: float
    """How likely the teacher finds the row's own labels, all of them together; 1 for mere text."""


def take_lessons(teacher: CommandModel, folder: Path, rows: list[Encoded], size: int = 64) -> list[Lesson]:
    """The teacher's answers to all rows, in their order. What it was asked before is in a file in its `folder`, named
    by its weights."""
    weights = b"".join(value.cpu().numpy().tobytes() for value in teacher.state_dict().values())
    file = folder / f"lessons-{hashlib.blake2b(weights, digest_size=6).hexdigest()}.npz"
    known = read_lessons(file) if file.exists() else {}
    names = [name_of(row) for row in rows]
    unknown = list({name: row for name, row in zip(names, rows, strict=True) if name not in known}.values())
    device = next(teacher.parameters()).device
    if unknown:
        print(f"asking the teacher about {len(unknown)} rows", flush=True)
    with tqdm(total=len(unknown), disable=not sys.stderr.isatty()) as bar, torch.inference_mode():
        for _, group in ordered_batches(unknown, size):
            batch = collate(group).to(device)
            for row, lesson in zip(group, split(answer(teacher, batch), batch), strict=True):
                known[name_of(row)] = lesson
            bar.update(len(group))
    if unknown:
        write_lessons(file, known)
    return [known[name] for name in names]


def name_of(row: Encoded) -> bytes:
    """The same for rows of the same pieces and labels."""
    parts = (row.ids, row.segments, row.tags, np.array(row.intents, dtype=np.int32), np.array([row.utterance]))
    return hashlib.blake2b(b"|".join(part.tobytes() for part in parts), digest_size=12).digest()


def write_lessons(file: Path, lessons: dict[bytes, Lesson]) -> None:
    part = file.with_suffix(".part.npz")
    np.savez(
        part,
        names=np.frombuffer(b"".join(lessons), dtype=np.uint8).reshape(-1, 12),
        commands=np.array([len(lesson.intent) for lesson in lessons.values()]),
        pieces=np.array([len(lesson.boundary) for lesson in lessons.values()]),
        certainty=np.array([lesson.certainty for lesson in lessons.values()]),
        intent=np.concatenate([lesson.intent for lesson in lessons.values()]),
        boundary=np.concatenate([lesson.boundary for lesson in lessons.values()]),
        slot=np.concatenate([lesson.slot for lesson in lessons.values()]),
    )
    part.replace(file)


def read_lessons(file: Path) -> dict[bytes, Lesson]:
    with np.load(file) as kept:
        by_command, by_piece = np.cumsum(kept["commands"])[:-1], np.cumsum(kept["pieces"])[:-1]
        parts = zip(
            np.split(kept["intent"], by_command),
            np.split(kept["boundary"], by_piece),
            np.split(kept["slot"], by_piece),
            kept["certainty"].tolist(),
            strict=True,
        )
        return {name.tobytes(): Lesson(*part) for name, part in zip(kept["names"], parts, strict=True)}


def split(answers: Answers, batch: Batch) -> list[Lesson]:
    """A batch's answers, row by row."""
    spoken = batch.segments >= 0
    pieces = spoken.sum(1).tolist()
    commands = (batch.segments.amax(1) + 1).tolist()
    # As in `against_labels`, the first piece begins a command in any case.
    counted = spoken & (torch.cumsum(spoken, 1) > 1)
    of_boundaries = -torch.nn.functional.binary_cross_entropy_with_logits(
        answers.boundary.float(), begins_of(batch).float(), reduction="none"
    ).masked_fill(~counted, 0.0)
    of_pieces = (likelihoods(answers.slot, batch.tags) + of_boundaries).sum(1)
    of_intents = torch.stack([each.sum() for each in likelihoods(answers.intent, batch.intents).split(commands)])
    certain = (of_pieces + of_intents).exp().masked_fill(~batch.labelled, 1.0).tolist()
    kept = (
        answers.intent.half().cpu().split(commands),
        answers.boundary[spoken].half().cpu().split(pieces),
        answers.slot[spoken].half().cpu().split(pieces),
    )
    return [
        Lesson(intent.numpy(), boundary.numpy(), slot.numpy(), certainty)
        for intent, boundary, slot, certainty in zip(*kept, certain, strict=True)
    ]


def likelihoods(logits: Tensor, targets: Tensor) -> Tensor:
    """Log likelihood of each target [...] under logits [..., N]; 0 where it is IGNORED."""
    chosen = logits.float().log_softmax(-1).gather(-1, targets.clamp(min=0)[..., None])[..., 0]
    return chosen.masked_fill(targets == IGNORED, 0.0)


def join(lessons: list[Lesson], batch: Batch) -> Answers:
    """The lessons of a batch's rows as the teacher's answers to it, without the states of its layers."""
    device = batch.segments.device
    spoken = batch.segments >= 0

    def told(parts: list[np.ndarray]) -> Tensor:
        return torch.from_numpy(np.concatenate(parts)).float().to(device)

    slots = told([lesson.slot for lesson in lessons])
    boundary = torch.zeros(spoken.shape, device=device)
    slot = torch.zeros((*spoken.shape, slots.shape[-1]), device=device)
    boundary[spoken] = told([lesson.boundary for lesson in lessons])
    slot[spoken] = slots
    return Answers([], told([lesson.intent for lesson in lessons]), boundary, slot)


def worth(lessons: list[Lesson]) -> np.ndarray:
    """How often to draw each row, by what there is left to learn of it: the less certain the teacher, the oftener (as
    the focal loss weighs, Lin et al. 2017; but by drawing, which saves the time that the easy ones would take)."""
    return EASY + 1 - np.array([lesson.certainty for lesson in lessons])
