"""What a model is taught by: the labels, and the answers of a teacher."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from data import IGNORED, Batch, Labels
from decode import OPPOSITE
from model import CommandModel, pool_segments

OPEN_SLOTS = (
    "destination poi_name waypoint origin road song artist album playlist podcast station contact message_text app item"
).split()


WORDS = 3.0
"""How much slots and boundaries count beside intents. Both are means over words, an intent's is one over commands: an
utterance of ten words is read wrongly as a whole by any of its ten tags, and the mean gives each a tenth."""

CONTRARY_MARGIN = 4.0
"""By how much the logit of an intent is to exceed that of its contrary: then the contrary is fifty times less likely."""


@dataclass(frozen=True)
class Answers:
    """A model's answers to a batch: what every layer made of it [B,T,H], and the logits of pooled intents [C,L],
    boundaries [B,T] and slots [B,T,1+2S]."""

    states: list[Tensor]
    intent: Tensor
    boundary: Tensor
    slot: Tensor


def answer(model: CommandModel, batch: Batch) -> Answers:
    states = model.encode(*batch.inputs)
    intent, pool, boundary, slot = model.read(states[-1])
    return Answers(states, pool_segments(intent, pool, batch.segments), boundary, slot)


def contraries_of(labels: Labels) -> Tensor:
    """By intent: the index of the one that does the contrary to the same thing; its own where there is none."""
    places = {intent: place for place, intent in enumerate(labels.intents)}

    def contrary(intent: str) -> int:
        target, operation = intent.rsplit(".", 1)
        return places.get(f"{target}.{OPPOSITE.get(operation)}", places[intent])

    return torch.tensor([contrary(intent) for intent in labels.intents])


def against_labels(answers: Answers, batch: Batch, contraries: Tensor) -> dict[str, Tensor]:
    """Loss per head. Text without labels (IGNORED) teaches nothing here. `contrary`: opening what was to be closed is
    the worst mistake, so on top of the cross-entropy an intent has to keep a margin to its contrary (`contraries_of`)."""
    # The first word always begins a command, so the heads learn nothing from it.
    counted = (batch.segments[:, 1:] >= 0) & (batch.segments[:, :-1] >= 0) & batch.labelled[:, None]
    boundary = F.binary_cross_entropy_with_logits(answers.boundary[:, 1:].float(), begins_of(batch)[:, 1:].float(), reduction="none")
    wanted = batch.intents.clamp(min=0)
    other = contraries[wanted]
    ahead = (answers.intent.gather(-1, wanted[:, None]) - answers.intent.gather(-1, other[:, None]))[:, 0].float()
    has_contrary = (batch.intents != IGNORED) & (other != wanted)
    return {
        "contrary": (F.softplus(CONTRARY_MARGIN - ahead) * has_contrary).sum() / has_contrary.sum().clamp(min=1),
        "intent": F.cross_entropy(answers.intent, batch.intents, ignore_index=IGNORED, label_smoothing=0.03),
        "boundary": WORDS * (boundary * counted).sum() / counted.sum().clamp(min=1),
        "slot": WORDS * F.cross_entropy(answers.slot.flatten(0, 1).float(), batch.tags.flatten(), ignore_index=IGNORED),
    }


def begins_of(batch: Batch) -> Tensor:
    """[B,T]: whether a command begins at the piece."""
    begins = torch.zeros_like(batch.segments, dtype=torch.bool)
    begins[:, 1:] = batch.segments[:, 1:] != batch.segments[:, :-1]
    return begins


def against_teacher(student: Answers, teacher: Answers, batch: Batch, temperature: float = 2.0) -> dict[str, Tensor]:
    """Distance to the teacher's answers (Hinton et al. 2015: softened intents and slots, boundary probabilities), and
    to what its layers make of the text (Sun et al. 2019), evenly chosen. Where the teacher contradicts a label, the
    label stands."""

    def divergence(ours: Tensor, theirs: Tensor) -> Tensor:
        target = (theirs.float() / temperature).softmax(-1)
        return F.kl_div((ours.float() / temperature).log_softmax(-1), target, reduction="batchmean") * temperature**2

    spoken = batch.segments >= 0
    cut = spoken & (~batch.labelled[:, None] | ((teacher.boundary > 0) == begins_of(batch)))
    meant = (batch.intents == IGNORED) | (batch.intents == teacher.intent.argmax(-1))
    tagged = spoken & ((batch.tags == IGNORED) | (batch.tags == teacher.slot.argmax(-1)))
    present = batch.attention_mask.bool()

    def gap(ours: Tensor, theirs: Tensor) -> Tensor:
        return F.mse_loss(ours[present].float(), theirs[present].float()) / theirs[present].float().var()

    soft = (
        divergence(student.intent[meant], teacher.intent[meant])
        + divergence(student.slot[tagged], teacher.slot[tagged])
        + F.binary_cross_entropy_with_logits(student.boundary[cut].float(), teacher.boundary[cut].float().sigmoid())
    )
    if not teacher.states:
        return {"soft": soft}
    stride = len(teacher.states) // len(student.states)
    pairs = zip(student.states, teacher.states[stride - 1 :: stride], strict=True)
    return {"soft": soft, "states": torch.stack([gap(ours, theirs) for ours, theirs in pairs]).mean()}


class Blur:
    """Hides one in eight pieces of names and titles, so that a slot is known by what stands around it and not by having
    been seen; and one in twenty-five elsewhere, as recognisers do: half of those become any other piece."""

    def __init__(self, labels: Labels, mask_piece: int, pieces: int, seed: int) -> None:
        self.open_tags = torch.tensor([2 * labels.slots.index(slot) + k for slot in OPEN_SLOTS for k in (1, 2)])
        self.mask_piece, self.pieces = mask_piece, pieces
        self.generator = torch.Generator().manual_seed(seed)

    def __call__(self, batch: Batch) -> Batch:
        ids = batch.input_ids
        chance = torch.rand(ids.shape, generator=self.generator)
        named = torch.isin(batch.tags, self.open_tags)
        spoken = batch.segments >= 0
        hidden = spoken & (chance < torch.where(named, 0.125, 0.02))
        wrong = spoken & ~named & (chance > 0.98)
        others = torch.randint(self.pieces, ids.shape, generator=self.generator)
        return dataclasses.replace(batch, input_ids=torch.where(wrong, others, ids.masked_fill(hidden, self.mask_piece)))
