"""Measure detection of statements: recall, precision and speed. `python benchmarks/statements.py [--errors N]`.

"half": the classifier is trained here on one half of the groups of sentences (`scripts/statement_sentences/`) and
measured on the other half, whose wordings it has not seen. The other measures use the shipped classifier on
`statement_gold/`, on which nothing is trained: statements, and other texts that look like them. Errors in "seen" have
been read, and their kinds fixed. Errors in "unseen" are not shown, so that it stays fair: whoever reads them moves
those texts to "seen" and writes new ones. "requests" are ordinary messages to an assistant, which state nothing.

A subject is whole if all marked words are in it and few others. The marks follow the convention of
`scripts/statement_convention.py`. "or as good" also accepts what people leave out or add as they please: words like
"my" and "a lot of" before a noun, and, of a habit or goal, when and how often.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from statement_convention import essence
from statement_data import Example, comparable, examples, gold, ordinary
from train_statements import train

from penchant.agent.statements.classifier import StatementClassifier
from penchant.agent.statements.detection import Detection, StatementDetector
from penchant.agent.statements.own_words import LIST_SEPARATOR
from penchant.settings import Settings
from penchant.store.embedders import open_embedder
from penchant.store.embedders.embedder import Embedder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each sort")
    measures = ("half", "seen", "unseen", "requests")
    parser.add_argument("--only", choices=measures, nargs="+", default=measures, help="these measures")
    asked = parser.parse_args()
    embedder = open_embedder(Settings(home=Path(tempfile.mkdtemp())))
    for language in ("en", "zh"):
        sentences = examples(language)
        halved = {language: _of_half(sentences, language, embedder)} if "half" in asked.only else {}
        for measure, chosen, classifiers in (
            ("half", [example for example in sentences if example.held_out], halved),
            ("seen", gold(language, "seen"), None),
            ("unseen", gold(language, "unseen"), None),
            ("requests", ordinary(language), None),
        ):
            if measure not in asked.only:
                continue
            detectors = {"words and rules": StatementDetector(classifiers=classifiers)}
            if language == "en":
                detectors["words, rules and vectors"] = StatementDetector(embedder.embed, embedder.name, classifiers)
            for name, detector in detectors.items():
                started = time.process_time()
                found = detector.detect_all([example.text for example in chosen])
                seconds = time.process_time() - started
                report(
                    f"{language} {measure}, {name}", chosen, found, seconds, 0 if measure == "unseen" else asked.errors
                )


def _of_half(sentences: Sequence[Example], language: str, embedder: Embedder) -> StatementClassifier:
    """Return a classifier trained on the half that is not held out."""
    seen = [example for example in sentences if not example.held_out]
    weights = train(seen, language, embedder if language == "en" else None)
    return StatementClassifier(weights, chinese=language == "zh")


def report(
    name: str, examples: Sequence[Example], found: Sequence[Sequence[Detection]], seconds: float, errors: int
) -> None:
    pairs = list(zip(examples, found, strict=True))
    stated = [(example, detections) for example, detections in pairs if example.kind]
    heard = [(example, detections) for example, detections in stated if detections]
    false = [(example, detections) for example, detections in pairs if not example.kind and detections]
    missed = [(example, detections) for example, detections in stated if not detections]
    if not stated:
        print(f"\n{name}: {len(false)} of {len(pairs)} taken for statements, {len(examples) / seconds:.0f} messages/s")
        for example, detections in false[:errors]:
            print(f"    false: {example.text}  {[(each.kind, each.subject) for each in detections]}")
        return
    best = [(example, _best(example, detections)) for example, detections in heard]
    turned = [(example, got) for example, got in best if {got.polarity, example.polarity} == {"like", "dislike"}]
    cut = [(example, got) for example, got in best if not _whole(example, got)]
    others = len(pairs) - len(stated)
    print(f"\n{name}: {len(stated)} statements, {others} others, {len(examples) / max(seconds, 1e-9):.0f} messages/s")
    print(
        f"  precision {len(heard) / max(1, len(heard) + len(false)):.3f}  recall {len(heard) / max(1, len(stated)):.3f}"
        f"  polarity {1 - len(turned) / max(1, len(heard)):.3f}  whole subject {1 - len(cut) / max(1, len(heard)):.3f}"
        f" (or as good {sum(_as_good(example, got) for example, got in best) / max(1, len(heard)):.3f})"
        f"  strict {sum(got.strict == example.strict for example, got in best) / max(1, len(best)):.3f}"
        f"  false {len(false)} of {others}"
    )
    kinds = Counter((example.kind, got.kind) for example, got in best)
    print(f"  kind {sum(n for (a, b), n in kinds.items() if a == b) / max(1, len(best)):.3f}; confusions:", end=" ")
    print(", ".join(f"{a}→{b} {n}" for (a, b), n in kinds.most_common() if a != b and n > 1))
    for title, listed in (("false", false), ("missed", missed), ("turned", turned), ("cut", cut)):
        for example, got in listed[:errors]:
            shown = [(each.kind, each.subject) for each in ([got] if isinstance(got, Detection) else got)]
            print(f"    {title}: {example.text}  {example.subject and '[' + example.subject + ']'} {shown}")


def _best(example: Example, detections: Sequence[Detection]) -> Detection:
    return next(
        (found for accepts in (_whole, _as_good) for found in detections if accepts(example, found)), detections[0]
    )


def _whole(example: Example, got: Detection) -> bool:
    """Return whether the subject contains all expected words and not many others; of a list of names, any one is enough."""
    return _contains(got.subject, example.subject, example.language)


def _as_good(example: Example, got: Detection) -> bool:
    """Return whether the subject is whole without the words that people leave out or add as they please."""
    subject, wanted = (essence(each, example.language, example.kind) for each in (got.subject, example.subject))
    return _whole(example, got) or _contains(subject, wanted, example.language)


def _contains(subject: str, wanted: str, language: str) -> bool:
    wanted, subject = comparable(wanted, language).casefold(), subject.casefold()
    long = len(subject) > len(wanted) + 6 if language == "zh" else len(subject.split()) > len(wanted.split()) + 4
    listed = [part.strip() for part in LIST_SEPARATOR.split(wanted) if part.strip()]
    return (wanted in subject and not long) or (len(listed) > 1 and comparable(subject, language) in listed)


if __name__ == "__main__":
    main()
