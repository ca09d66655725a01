"""The vocabulary: MiniLM's WordPiece, pruned to what cars are told.

Pruning keeps every single character and the commonest pieces of English, so that a name nobody wrote down here
still becomes pieces instead of `[UNK]`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.trainers import WordPieceTrainer

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[USER]", "[CAR]"]


def wordpiece(pieces: list[str]) -> Tokenizer:
    """A lower-casing BERT tokenizer over `pieces`; it adds no special tokens by itself."""
    vocabulary = {piece: index for index, piece in enumerate(pieces)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer


def prune(vocab_file: Path, own: Iterable[str], other: Iterable[str], size: int) -> list[str]:
    """Chooses `size` pieces of MiniLM's vocabulary.

    First the special tokens, then all characters that European text is written in, then every piece that `own`
    text needs and every piece that `other` text needs five times; the rest is filled up in the order of BERT's
    list, which is by frequency.
    """
    everything = vocab_file.read_text(encoding="utf-8").splitlines()
    full = wordpiece(SPECIAL + [piece for piece in everything if piece not in SPECIAL])
    needed = Counter(count_pieces(full, own))
    for piece, count in count_pieces(full, other).items():
        if count >= 5:
            needed[piece] += count
    characters = [p for p in everything if len(p.removeprefix("##")) == 1 and ord(p.removeprefix("##")) < 0x250]
    wanted = dict.fromkeys(SPECIAL + characters + [piece for piece, _ in needed.most_common()])
    for piece in everything:
        if len(wanted) >= size:
            break
        if piece.removeprefix("##").isascii() and piece.removeprefix("##").isalpha():
            wanted.setdefault(piece)
    return list(wanted)[:size]


def count_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        counts.update(encoding.tokens)
    return counts


def learn(texts: Iterable[str], size: int) -> list[str]:
    """A vocabulary learned from `texts` alone: for machines that cannot get MiniLM."""
    tokenizer = Tokenizer(WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.train_from_iterator(texts, WordPieceTrainer(vocab_size=size, special_tokens=SPECIAL))
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda pair: pair[1])
    return [piece for piece, _ in pieces]


def save(pieces: list[str], file: Path) -> None:
    """Writes `tokenizer.json` in Hugging Face's format."""
    file.write_text(json.dumps(json.loads(wordpiece(pieces).to_str()), ensure_ascii=False), encoding="utf-8")


def load(file: Path) -> Tokenizer:
    return Tokenizer.from_file(str(file))


def pieces_of(tokenizer: Tokenizer) -> list[str]:
    """The pieces in the order of their ids."""
    vocabulary = sorted(tokenizer.get_vocab(with_added_tokens=True).items(), key=lambda pair: pair[1])
    return [piece for piece, _ in vocabulary]
