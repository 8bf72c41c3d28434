#!/usr/bin/env python3
"""Says how far two readings of the letters agree on each mark, as Cohen's kappa over sentences.

The first reading is `marks`, the second `again`, in letters that were read twice. A mark that a reading never set has no kappa. `le...`
was read again by somebody who had not seen the first labels, `lt...` by the one who had set them.
"""
import json, pathlib

from score import MARKS

HERE = pathlib.Path(__file__).parent


def kappa(pairs):
    both, first, second = sum(a and b for a, b in pairs), sum(a for a, _ in pairs), sum(b for _, b in pairs)
    total = len(pairs)
    agreed = (total - first - second + 2 * both) / total
    chance = (first * second + (total - first) * (total - second)) / total**2
    return both, first, second, None if chance == 1 else (agreed - chance) / (1 - chance)


def main():
    for start in ("le", "lt"):
        letters = [json.loads(line) for folder in ("dev", "aside") for line in (HERE / folder / "letters.jsonl").open(encoding="utf-8")]
        read = [x for x in letters if x["id"].startswith(start) and "again" in x["sentences"][0]]
        sentences = [sentence for letter in read for sentence in letter["sentences"]]
        print(f"{start}: {len(read)} letters, {len(sentences)} sentences read twice\n{'':20}{'first':>6}{'again':>6}{'both':>6}{'kappa':>7}")
        marks = MARKS["apology"]
        for mark in [*marks, "any mark"]:
            wanted = set(marks) if mark == "any mark" else {mark}
            pairs = [(bool(wanted & set(s["marks"])), bool(wanted & set(s["again"]))) for s in sentences]
            both, first, second, value = kappa(pairs)
            print(f"{mark:20}{first:>6}{second:>6}{both:>6}{'      -' if value is None else f'{value:7.2f}'}")


if __name__ == "__main__":
    main()
