"""Write the Chinese word list used to find word boundaries: `python scripts/make_chinese_words.py dict.txt`.

`dict.txt` is the dictionary of jieba 0.42.1 (MIT). Words of up to four characters that are not rare are kept, grouped
by part of speech (first letter of the tag) and by twice the logarithm of the frequency: one line each, "n 21 word
word …".
"""

import argparse
import gzip
import math
import re
from collections import defaultdict
from pathlib import Path

WORDS = Path(__file__).parent.parent / "src" / "penchant" / "agent" / "statements" / "data" / "words_zh.txt.gz"
RARE, LONGEST = 50, 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dictionary", type=Path)
    asked = parser.parse_args()
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    for line in asked.dictionary.read_text("utf-8").splitlines():
        word, count, tag = line.rsplit(" ", 2)
        if re.fullmatch(r"[\u3400-\u9fff]+", word) and len(word) <= LONGEST and (int(count) >= RARE or len(word) == 1):
            groups[tag[0], round(2 * math.log2(int(count) + 1))].append(word)
    lines = [f"{tag} {size} {' '.join(words)}" for (tag, size), words in sorted(groups.items())]
    WORDS.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    print(f"{sum(map(len, groups.values()))} words, {WORDS.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
