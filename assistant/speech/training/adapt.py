"""Teaches Moonshine's encoder to hear in the noise of a car what it hears without.

    python3 adapt.py --sounds runs/sounds --original ENCODER_AND_DECODER_DIR --out runs/base --minutes 50

The encoder of the package is its own teacher: it hears a sentence without noise, the one that learns hears the same
sentence in noise, and shall give the same encoding, from which the decoder, which stays as it is, shall find the same
next tokens as likely; that the sentence is what was to be read counts a little, too. What is heard without noise is
kept: it is one of the four levels of each sentence, two of which are heard at a time. What is written lies between the
package's weights and the taught ones, which keeps more of what was not taught: voices of people (WiSE-FT, Wortsman et
al. 2022, arXiv 2109.01903).
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import sys
import time
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from tqdm import tqdm

from ear import write_ear
from moonshine import read_decoder, read_encoder

RATE = 16_000
LOUDEST = 0.08
"""Loudest sample of what the encoder is given, as `../moonshine/reader.ts` has it."""
SHORTEST = 4_000
"""Samples that the encoder needs, as `../moonshine/speech-model.ts` has it."""
BEFORE, AFTER = (0.12, 0.4), (0.08, 0.35)
"""Seconds of the sound that are left around the words: what the speech gate leaves, and less."""
START, END = 1, 2
FRAME = 320
CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True)
class Sentence:
    levels: tuple[Path, ...]
    """The same reading without noise first, then in more and more of it."""
    tokens: list[int]
    samples: int
    """How long it lasts."""


def read_sentences(folder: Path) -> list[Sentence]:
    """The sounds that `drivetalk synthesise` made of the recipes of make-recipes.ts, in folders of their names."""
    tokens = json.loads((folder / "tokens.json").read_text())
    readings: dict[tuple[Path, str, str], list[Path]] = {}
    for references in sorted(folder.glob("*/refs.tsv")):
        with references.open() as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                key = (references.parent, row["voice"], row["text"])
                readings.setdefault(key, []).append(references.parent / row["file"])
    return [Sentence(tuple(files), tokens[text], length_of(files[0])) for (_, _, text), files in readings.items()]


def length_of(file: Path) -> int:
    with wave.open(str(file)) as sound:
        return sound.getnframes()


def read_sound(file: Path) -> np.ndarray:
    with wave.open(str(file)) as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), np.int16).astype(np.float32) / 32768


def tilted(sounds: np.ndarray, by: float) -> np.ndarray:
    """More or less of the high frequencies, as microphones differ."""
    return np.concatenate((sounds[:, :1], sounds[:, 1:] - by * sounds[:, :-1]), 1)


def views(sentences: list[Sentence], levels: int, chance: random.Random) -> tuple[Tensor, Tensor]:
    """What the encoders are given of sentences that are about equally long, cut at random a little before the first word
    and after the last one of the longest: without noise (sentences, samples), and in so many levels of each, drawn
    anew (sentences * levels, samples)."""
    every = [np.stack([read_sound(file) for file in sentence.levels]) for sentence in sentences]
    words = [words_in(sounds[0]) for sounds in every]
    before, after = (int(chance.uniform(*limits) * RATE) for limits in (BEFORE, AFTER))
    length = max(SHORTEST, before + max(end - begin for begin, end in words) + after)
    clear, noisy = [], []
    for sounds, (first, _) in zip(every, words, strict=True):
        begin = max(0, first - before)
        cut = sounds[:, begin : begin + length]
        whole = np.pad(cut, ((0, 0), (0, length - cut.shape[1])))
        if chance.random() < 0.6:
            whole = tilted(whole, chance.uniform(-0.25, 0.35))
        loud = whole * (LOUDEST / (np.abs(whole).max(1, keepdims=True) + 1e-9))
        clear.append(loud[0])
        noisy.extend(loud[level] for level in chance.sample(range(len(loud)), levels))
    return torch.from_numpy(np.stack(clear)), torch.from_numpy(np.stack(noisy))


def words_in(sound: np.ndarray) -> tuple[int, int]:
    """The samples at which the first word begins and the last one ends."""
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    power = (frames**2).mean(1)
    spoken = np.nonzero(power > power.max() / 1000)[0] * FRAME
    return int(spoken[0]), int(spoken[-1]) + FRAME


def batches(sentences: list[Sentence], size: int, chance: random.Random) -> Iterator[list[Sentence]]:
    """All sentences again and again, those together that are about equally long."""
    while True:
        near = sorted(sentences, key=lambda sentence: sentence.samples * chance.uniform(0.97, 1.03))
        groups = [near[at : at + size] for at in range(0, len(near), size)]
        yield from chance.sample(groups, len(groups))


def padded(rows: list[list[int]]) -> Tensor:
    return torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=END)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sounds", type=Path, required=True, help="folder of make-recipes.ts, with their sounds")
    parser.add_argument("--original", type=Path, required=True, help="folder of the package's ONNX files")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint and ear.onnx")
    parser.add_argument("--minutes", type=float, default=50)
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate")
    parser.add_argument("--sentences", type=int, default=8, help="for each step")
    parser.add_argument("--levels", type=int, default=2, help="of noise in which each is heard in a step (1 to 4)")
    parser.add_argument("--read", type=float, default=0.2, help="how much counts what was to be read (0 to 1)")
    parser.add_argument(
        "--share",
        type=float,
        default=0.65,
        help="how far what is written goes from the package's weights to the taught ones (0 to 1)",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--init", type=Path, nargs="+", help="folders of runs: the mean of their weights is taught further (--minutes 0: written)"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint, for the rest of the minutes")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    chance = random.Random(arguments.seed)
    begun_with = [*(arguments.init or []), *([arguments.out] if arguments.resume else [])]
    for run in begun_with:
        if not (run / CHECKPOINT).exists():
            parser.error(f"{run} has no {CHECKPOINT}: take the folder of an earlier run")
    original = arguments.original / "encoder_model.onnx"
    if not original.exists():
        parser.error(f"{arguments.original} has no {original.name}: see MODEL in README.md")
    teacher, decoder = read_encoder(original).eval(), read_decoder(arguments.original / "decoder_model_merged.onnx")
    for frozen in (teacher, decoder.eval()):
        frozen.requires_grad_(False)
    student = read_encoder(original).train()
    if arguments.init:
        runs = [torch.load(run / CHECKPOINT)["student"] for run in arguments.init]
        student.load_state_dict({name: sum(run[name] for run in runs) / len(runs) for name in runs[0]})
    optimizer = torch.optim.AdamW(student.parameters(), betas=(0.9, 0.98), weight_decay=0)
    sentences = read_sentences(arguments.sounds) if (arguments.sounds / "tokens.json").exists() else []
    if not sentences:
        parser.error(f"{arguments.sounds} has no sounds: make them with drivetalk synthesise, see README.md")
    arguments.out.mkdir(parents=True, exist_ok=True)
    checkpoint = arguments.out / CHECKPOINT
    step, spent = 0, 0.0
    if arguments.resume:
        state = torch.load(checkpoint)
        student.load_state_dict(state["student"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["spent"]

    def save() -> None:
        state = {"student": student.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent}
        torch.save(state, checkpoint)

    def losses_of(some: list[Sentence]) -> tuple[Tensor, Tensor]:
        """How far the encodings, and the likelihoods of next tokens, are from the teacher's, on average."""
        quiet, heard_so = views(some, arguments.levels, chance)
        before = padded([[START, *sentence.tokens] for sentence in some])
        after = padded([[*sentence.tokens, END] for sentence in some])
        counts = torch.arange(before.shape[1]) < torch.tensor([[1 + len(sentence.tokens)] for sentence in some])
        share = counts / counts.sum(1, keepdim=True)
        with torch.no_grad():
            clear = teacher(quiet)
            expected = decoder(before, clear)
        heard = student(heard_so)

        def for_each(x: Tensor) -> Tensor:
            return x.repeat_interleave(arguments.levels, 0)

        found = decoder(for_each(before), heard)
        apart = (heard - for_each(clear)).square().mean((1, 2)) / for_each(clear.var(1).mean(1))
        otherwise = (for_each(expected.exp()) * (for_each(expected) - found)).sum(-1)
        unread = -found.gather(-1, for_each(after)[..., None]).squeeze(-1)
        unlike = (1 - arguments.read) * otherwise + arguments.read * unread
        return apart.mean(), (for_each(share) * unlike).sum(1).mean()

    begun, limit = time.monotonic() - spent, arguments.minutes * 60
    groups = batches(sentences, arguments.sentences, chance)
    mean = np.zeros(2)
    on_terminal = sys.stderr.isatty()
    with tqdm(total=round(limit), initial=round(spent), unit="s", disable=not on_terminal) as progress:
        while (spent := time.monotonic() - begun) < limit:
            share = min(1, (step + 1) / 60) * 0.5 * (1 + math.cos(math.pi * spent / limit))
            for group in optimizer.param_groups:
                group["lr"] = arguments.rate * share
            optimizer.zero_grad()
            apart, otherwise = losses_of(next(groups))
            (apart + otherwise).backward()
            mean = 0.98 * mean + 0.02 * np.array([apart.item(), otherwise.item()])
            torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimizer.step()
            step += 1
            progress.n = round(spent)
            told = f"step {step}, apart {mean[0]:.3f}, otherwise {mean[1]:.3f}"
            progress.set_postfix_str(told)
            if step % 100 == 0:
                save()
                if not on_terminal:
                    print(f"{spent:.0f} of {limit:.0f} s, {told}", flush=True)
    save()
    before, taught = teacher.state_dict(), student.state_dict()
    share = arguments.share
    teacher.load_state_dict({name: share * taught[name] + (1 - share) * before[name] for name in taught})
    write_ear(teacher, decoder, arguments.out / "ear.onnx")
    print(f"{step} steps; {arguments.out / 'ear.onnx'}")


if __name__ == "__main__":
    main()
