#!/usr/bin/env python3
"""Learns the weights for the sentences of long apologies from the labelled letters, and prints them.

    learn_letters.py > exercises/rules/sentences.txt
    learn_letters.py held-out

For each mark a linear support vector machine on words cut after five letters, pairs of them, and those that begin a sentence, learned from
the letters of dev/ and own/ as the program cuts them; the strongest are learned once more by themselves, in sixteenths. The same texts
give the same file on any machine. src/review/letters.rs reads it, and cuts sentences and words in the same way. With `held-out` each
group of letters is scored by what the others taught, and nothing is learned for the program: the figures by which SURE and BACKED were set.
"""
import collections, json, multiprocessing, re, sys

from learn import FOLDERS, HERE, PARTS, RAREST, fit, plain, row, score
from score import MARKS

STEM = 5
# Marks that everything can be: an excuse is a circumstance, and a counter a story. They have more weights, and must be surer.
WIDE = {"excuse": 0.15, "blame_other": 0.1, "minimise": 0.05, "counter": 0.2}
GRAMS = {True: 1200, False: 400}
SLACK = 0.5
# What a sentence must reach to be marked, and what it must reach where a rule found something in it: {is it a wide mark: score}.
SURE = {"demand": -0.2}
SURE_ELSE = -0.35
BACKED = {True: -0.2, False: -0.9}
SHORT_FORMS = set("mr mrs ms dr st prof etc eg ie vs no".split())


def sure_from(mark):
    return WIDE.get(mark, SURE.get(mark, SURE_ELSE))


def stems(text):
    """The distinct words of a sentence, cut short, pairs of them, and the first one and the first two once more as its beginning."""
    words = [word[:STEM] for word in plain(text)]
    begins = {" ".join(["^", *words[:length]]) for length in (1, 2) if len(words) >= length}
    return sorted(set(words) | {f"{a} {b}" for a, b in zip(words, words[1:])} | begins)


def cut(text):
    """Where the sentences of a text begin and end."""
    start = 0
    for mark in re.finditer(r"[!?]+|(?<!\.)\.(?!\.)", text):
        word = re.search(r"\w*$", text[start : mark.start()]).group().lower()
        if "." in mark.group() and (re.match(r"\w", text[mark.end() : mark.end() + 1]) or word in SHORT_FORMS):
            continue
        yield start, mark.end()
        start = mark.end()
    yield start, len(text)


def units(letter):
    """The sentences of a letter as the program cuts them, each with the marks of what lies in it by half or more."""
    text, spans = "", []
    for sentence in letter["sentences"]:
        spans.append((len(text), len(text) + len(sentence["text"]), sentence["marks"]))
        text += sentence["text"] + " "
    for start, end in cut(text):
        within = lambda low, high: min(end, high) - max(start, low)
        marks = {mark for low, high, marks in spans for mark in marks if 2 * within(low, high) >= min(high - low, end - start)}
        known = stems(text[start:end])
        if known:
            yield known, marks, start, end


def letters():
    for folder in FOLDERS:
        for line in (HERE / folder / "letters.jsonl").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def weigh(texts, truth, most):
    """The strongest grams, and the weights, the bias first."""
    counts = collections.Counter(gram for text in texts for gram in text)
    vocabulary = sorted(gram for gram, count in counts.items() if count >= RAREST)
    slack = [SLACK] * len(truth)
    _, *weights = fit(texts, truth, vocabulary, slack)
    order = sorted(range(len(vocabulary)), key=lambda at: (-abs(round(weights[at], 6)), vocabulary[at]))
    strongest = sorted(vocabulary[at] for at in order[:most])
    return strongest, fit(texts, truth, strongest, slack)


def learn(task):
    mark, known = task
    texts, truth = [text for text, _ in known], [int(mark in marks) for _, marks in known]
    grams, (bias, *weights) = weigh(texts, truth, GRAMS[mark in WIDE])
    return mark, bias, {gram: round(weight * PARTS) for gram, weight in zip(grams, weights)}


def main():
    known = [(text, marks) for letter in letters() for text, marks, _, _ in units(letter)]
    with multiprocessing.Pool() as pool:
        tables = pool.map(learn, [(mark, known) for mark in sorted(MARKS["apology"])], 1)
    print("# Weights of the second reader for the sentences of long apologies, in sixteenths; made by tests/evalset/learn_letters.py.")
    print("marks", *(mark.replace("_", "-") for mark, _, _ in tables))
    print("sure", *(round((bias - sure_from(mark)) * PARTS) for mark, bias, _ in tables))
    print("backed", *(round((bias - BACKED[mark in WIDE]) * PARTS) for mark, bias, _ in tables))
    for gram in sorted({gram for _, _, weights in tables for gram in weights}):
        weights = [f"{at}:{weights[gram]}" for at, (_, _, weights) in enumerate(tables) if weights.get(gram)]
        if weights:
            print(gram, *weights, sep="\t")


def held_out(task):
    """For each letter of a group its units with their scores, by what the other groups taught."""
    group, mark, all_letters = task
    known = [(text, marks) for letter in all_letters if letter["id"][:2] != group for text, marks, _, _ in units(letter)]
    _, bias, weights = learn((mark, known))
    column, values = {gram: at for at, gram in enumerate(sorted(weights), 1)}, [bias, *(weights[gram] / PARTS for gram in sorted(weights))]
    return group, mark, {
        letter["id"]: [(score(values, row(text, column)), start, end) for text, _, start, end in units(letter)]
        for letter in all_letters if letter["id"][:2] == group
    }


def print_held_out():
    """Of the sentences that are sure, how many are right, and how many of those with a mark are sure."""
    every = list(letters())
    tasks = [(group, mark, every) for group in sorted({one["id"][:2] for one in every}) for mark in sorted(MARKS["apology"])]
    counts = collections.defaultdict(collections.Counter)
    with multiprocessing.Pool() as pool:
        for group, mark, found in pool.imap_unordered(held_out, tasks):
            for letter in (one for one in every if one["id"] in found):
                for (reached, start, end), (_, marks, _, _) in zip(found[letter["id"]], units(letter)):
                    is_sure = reached >= sure_from(mark)
                    for key in (group, mark, "all"):
                        counts[key].update(sure=is_sure, right=is_sure and mark in marks, marked=mark in marks)
    for key, count in sorted(counts.items()):
        print(f"{key:20} {count['right']:4} of {count['sure']:4} right, {count['right']:4} of {count['marked']:4} found")


if __name__ == "__main__":
    print_held_out() if sys.argv[1:] == ["held-out"] else main()
