"""What people say of themselves: how much of it is heard, how well, and how fast. `python benchmarks/statements.py [--errors N]`.

Two measures. "half": the classifier is trained here on one half of the groups of sentences (`scripts/statement_sentences/`) and measured
on the other, whose wordings it has not seen. "gold": the shipped classifier on `statement_gold/`, which nothing is trained on: statements,
other texts that look like them, and ordinary requests to an assistant. All were written by the same people, so texts by others are harder.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from statement_data import Example, comparable, examples, gold
from train_statements import train

from penchant.agent.statements.classifier import StatementClassifier
from penchant.agent.statements.detection import Detection, StatementDetector
from penchant.settings import Settings
from penchant.store.embedders import open_embedder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each sort")
    asked = parser.parse_args()
    embedder = open_embedder(Settings(home=Path(tempfile.mkdtemp())))
    for language in ("en", "zh"):
        sentences = examples(language)
        seen = [example for example in sentences if not example.held_out]
        vectors = embedder.embed([example.text for example in seen]) if language == "en" else None
        weights = train(seen, language, vectors, embedder.name if language == "en" else "")
        halved = {language: StatementClassifier(weights, chinese=language == "zh")}
        for measure, held_out, classifiers in (
            ("half", [example for example in sentences if example.held_out], halved),
            ("gold", gold(language), None),
        ):
            detectors = {"words and rules": StatementDetector(classifiers=classifiers)}
            if language == "en":
                detectors["words, rules and vectors"] = StatementDetector(embedder.embed, embedder.name, classifiers)
            for name, detector in detectors.items():
                started = time.process_time()
                found = detector.detect_all([example.text for example in held_out])
                seconds = time.process_time() - started
                report(f"{language} {measure}, {name}", held_out, found, seconds, asked.errors)


def report(
    name: str, examples: Sequence[Example], found: Sequence[Sequence[Detection]], seconds: float, errors: int
) -> None:
    pairs = list(zip(examples, found, strict=True))
    stated = [(sentence, detections) for sentence, detections in pairs if sentence.kind]
    heard = [(sentence, detections) for sentence, detections in stated if detections]
    false = [(sentence, detections) for sentence, detections in pairs if not sentence.kind and detections]
    missed = [(sentence, detections) for sentence, detections in stated if not detections]
    best = [(sentence, _best(sentence, detections)) for sentence, detections in heard]
    turned = [(sentence, got) for sentence, got in best if {got.polarity, sentence.polarity} == {"like", "dislike"}]
    cut = [(sentence, got) for sentence, got in best if not _whole(sentence, got)]
    others = len(pairs) - len(stated)
    print(f"\n{name}: {len(stated)} statements, {others} others, {len(examples) / seconds:.0f} messages/s")
    print(
        f"  precision {len(heard) / max(1, len(heard) + len(false)):.3f}  recall {len(heard) / len(stated):.3f}"
        f"  polarity {1 - len(turned) / max(1, len(heard)):.3f}  whole subject {1 - len(cut) / max(1, len(heard)):.3f}"
        f"  strict {sum(got.strict == sentence.strict for sentence, got in best) / max(1, len(best)):.3f}"
        f"  false {len(false)} of {others}"
    )
    if requests := [detections for sentence, detections in pairs if sentence.group == "requests"]:
        print(f"  false in ordinary requests {sum(map(bool, requests))} of {len(requests)}")
    kinds = Counter((sentence.kind, got.kind) for sentence, got in best)
    print(f"  kind {sum(n for (a, b), n in kinds.items() if a == b) / max(1, len(best)):.3f}; confusions:", end=" ")
    print(", ".join(f"{a}→{b} {n}" for (a, b), n in kinds.most_common() if a != b and n > 1))
    for title, listed in (("false", false), ("missed", missed), ("turned", turned), ("cut", cut)):
        for example, got in listed[: errors if "gold" not in name else 0]:
            shown = [(each.kind, each.subject) for each in ([got] if isinstance(got, Detection) else got)]
            print(f"    {title}: {example.text}  {example.subject and '[' + example.subject + ']'} {shown}")


def _best(example: Example, detections: Sequence[Detection]) -> Detection:
    return next((detection for detection in detections if _whole(example, detection)), detections[0])


def _whole(example: Example, got: Detection) -> bool:
    """The expected words stand in the subject, uncut, with not much beside them."""
    wanted, subject = comparable(example.subject, example.language), got.subject.casefold()
    long = (
        len(subject) > len(wanted) + 8 if example.language == "zh" else len(subject.split()) > len(wanted.split()) + 7
    )
    return wanted in subject and not long


if __name__ == "__main__":
    main()
