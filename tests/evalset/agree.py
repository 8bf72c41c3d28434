#!/usr/bin/env python3
"""Says how far two readings of the letters agree on each mark, as Cohen's kappa over sentences.

The first reading is `marks`, the second `again`; `again_by` says who made it: a `second` to a `fifth` reader, or the `same` as the first.
A mark that neither reading set has no kappa.
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
    letters = [json.loads(line) for folder in ("dev", "aside", "unseen") for line in (HERE / folder / "letters.jsonl").open(encoding="utf-8")]
    for reader in ("second", "same", "third", "fourth", "fifth"):
        read = [letter for letter in letters if letter["again_by"] == reader]
        sentences = [sentence for letter in read for sentence in letter["sentences"]]
        print(f"{reader}: {len(read)} letters, {len(sentences)} sentences\n{'':20}{'first':>6}{'again':>6}{'both':>6}{'kappa':>7}")
        marks = MARKS["apology"]
        for mark in [*marks, "any mark"]:
            wanted = set(marks) if mark == "any mark" else {mark}
            pairs = [(bool(wanted & set(s["marks"])), bool(wanted & set(s["again"]))) for s in sentences]
            both, first, second, value = kappa(pairs)
            print(f"{mark:20}{first:>6}{second:>6}{both:>6}{'      -' if value is None else f'{value:7.2f}'}")


if __name__ == "__main__":
    main()
