"""What the weights of the statement classifier are fitted on, in a form that is stored with them.

So a test can tell, without a fit, that sentences have changed since the last fit, or that the weight of a pattern is lost.
"""

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from statement_data import FOLDER

from penchant.agent.statements import patterns_zh, patterns_zh_sure, reading_en


def sentences_digest(language: str, folder: Path = FOLDER) -> str:
    """Return a digest of the files in `folder` with the training sentences of a language."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob(f"{language}_*.txt")):
        digest.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def pattern_numbers(language: str) -> NDArray[np.int64]:
    """Return the numbers by which the classifier knows the patterns of a language, in order, each once.

    Chinese frames are not among them: their numbers change only with what a frame is for.
    """
    if language == "en":
        numbers = [each.number for group in (reading_en.CERTAIN, reading_en.OTHER_PATTERNS) for each in group.patterns]
    else:
        numbers = [each.number for each in patterns_zh.PATTERNS]
        numbers += [each.number for each in (*patterns_zh_sure.SURE, *patterns_zh_sure.EVERYDAY_ZH)]
    return np.unique(np.array(numbers, np.int64))
