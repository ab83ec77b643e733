"""Choosing by one letter: options behind A, B, C …, and the likelihood of each letter as the next token (FIRST, arXiv 2406.15657)."""

import string
from collections.abc import Iterable, Sequence

import numpy as np

from penchant.agent.llm.model import Prompt

MOST_OPTIONS = 20  # servers tell at most this many alternatives for a token


def lettered(prompt: Prompt, options: Sequence[str]) -> tuple[Prompt, Sequence[str]]:
    """The prompt that asks for one character, and the character of each option. Options that are such characters stay themselves."""
    if all(len(option) == 1 for option in options):
        return prompt, options
    letters = string.ascii_uppercase[: len(options)]
    shown = "\n".join(f"{letter}. {option}" for letter, option in zip(letters, options, strict=True))
    user = f"{prompt.user}\n\n{shown}\n\nAnswer with one letter / 只回答一个字母:"
    return Prompt(prompt.system, user, prompt.step, prompt.user_id), letters


def likelihoods(pairs: Iterable[tuple[str, float]], letters: Sequence[str]) -> tuple[float, ...]:
    """Log-probabilities normalised over `letters`, from the (token, log-probability) pairs a server told.

    "A" and " A" count together. A letter that was not told is at most as likely as the least likely token that was.
    """
    pairs = list(pairs)
    least = min((value for _, value in pairs), default=0.0)
    sums = []
    for letter in letters:
        found = [value for token, value in pairs if token.strip() == letter]
        sums.append(np.logaddexp.reduce(found) if found else least)
    return log_softmax(sums)


def spoken_of(pairs: Iterable[tuple[str, float]], letters: Sequence[str]) -> int:
    """How many of `letters` are among the (token, log-probability) pairs a server told."""
    return len({token.strip() for token, _ in pairs} & set(letters))


def log_softmax(values: Sequence[float]) -> tuple[float, ...]:
    """`values` (nats) shifted so that their exponentials sum to 1."""
    array = np.asarray(values, dtype=np.float64)
    return tuple(float(value) for value in array - np.logaddexp.reduce(array))
