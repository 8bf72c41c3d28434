#!/usr/bin/env python3
"""Learns the weights of the second reader from the labelled texts, and prints them.

    learn.py > exercises/rules/weights.txt

Learns from dev/ and own/ and the examples of the rules: aside/ is for measuring. For each mark of apologies and reflections a linear support vector machine on
the one- and two-word grams of short texts and of the sentences of the letters of dev/, with everyday answers as texts that have no mark; the
strongest grams are learned once more by themselves, in sixteenths. How sure it must be of a short text is set by texts that were not
learned from. Sums and square roots are all it does with numbers, in one order, so the same texts give the same file on any machine.
src/review/second.rs reads it, and cuts words in the same way.
"""
import collections, json, math, multiprocessing, pathlib, random, re, tomllib, unicodedata

from score import FILES, MARKS

HERE = pathlib.Path(__file__).parent
RULES = HERE.parent.parent / "exercises" / "rules"
FOLDERS = ("dev", "own")
# An echo is known by the other's words, which no weights know.
LEFT_OUT = {"parrot"}
SUBJECTS = ("apology", "reflection")
RAREST = 2
GRAMS = 300
PARTS = 16
STRENGTH = 10.0
ROUNDS = 20
FOLDS = 5
# So many of a mark's own short texts, not learned from, may be taken for others: one in twenty.
MOST_LOST = 0.05



def plain(text):
    """The words of a text, without case, accents and apostrophes."""
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.category(c).startswith("M"))
    return re.findall("[a-z0-9]+", re.sub("['’‘ʼ´`＇]", "", text.lower()))


def grams(text):
    """The distinct words and pairs of words of a text."""
    words = plain(text)
    return sorted(set(words) | {f"{a} {b}" for a, b in zip(words, words[1:])})


def rows(subject, mark):
    """Triples of grams, label and whether the text is short; a label that two readers disagree on is left out."""
    rules = tomllib.loads((RULES / f"{subject}.toml").read_text(encoding="utf-8"))["rule"]
    for rule in rules:
        if rule["id"] == mark.replace("_", "-"):
            for label, found in enumerate(("passes", "caught")):
                yield from ((grams(text), label, True) for text in rule["examples"][found])
    for folder in FOLDERS:
        for name in (FILES[subject], "everyday.jsonl"):
            for line in (HERE / folder / name).read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if mark not in row.get("contested", ()):
                    yield grams(row.get("reply") or row["text"]), row.get("labels", {}).get(mark, 0), True
        if subject == "apology" and folder == "dev":
            for line in (HERE / folder / "letters.jsonl").read_text(encoding="utf-8").splitlines():
                for sentence in json.loads(line)["sentences"]:
                    yield grams(sentence["text"]), int(mark in sentence["marks"]), False


def row(text, column):
    """The columns and values of a text: each of its grams the same, and all of one length. Unknown grams count for the length."""
    value = 1 / math.sqrt(len(text))
    return [(0, 1.0), *((column[gram], value) for gram in text if gram in column)]


def score(weights, values):
    total = 0.0
    for at, value in values:
        total += weights[at] * value
    return total


def balanced(truth):
    """How far each text may be on the wrong side where both labels weigh the same in all."""
    count, marked = len(truth), sum(truth)
    return [(marked if label else count - marked) / (STRENGTH * count) for label in truth]


def fit(texts, truth, vocabulary, slack):
    """The weights, the bias first, by dual coordinate descent on squared hinge losses."""
    column = {gram: at for at, gram in enumerate(vocabulary, 1)}
    values = [row(text, column) for text in texts]
    count = len(truth)
    square = [score({at: value for at, value in line}, line) + loose for line, loose in zip(values, slack)]
    weights, duals, order, chance = [0.0] * (len(vocabulary) + 1), [0.0] * count, list(range(count)), random.Random(0)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for at in order:
            sign = 1.0 if truth[at] else -1.0
            slope = sign * score(weights, values[at]) - 1 + slack[at] * duals[at]
            dual = max(duals[at] - slope / square[at], 0.0)
            step, duals[at] = (dual - duals[at]) * sign, dual
            if step:
                for where, value in values[at]:
                    weights[where] += step * value
    return weights


def strongest(texts, truth):
    """The grams that tell most."""
    counts = collections.Counter(gram for text in texts for gram in text)
    vocabulary = sorted(gram for gram, count in counts.items() if count >= RAREST)
    weights = fit(texts, truth, vocabulary, balanced(truth))
    order = sorted(range(len(vocabulary)), key=lambda at: (-abs(round(weights[at + 1], 6)), vocabulary[at]))
    return sorted(vocabulary[at] for at in order[:GRAMS])


def least(known):
    """The score that all but MOST_LOST of the short texts with the mark reach, where others were learned from."""
    scores = []
    for fold in range(FOLDS):
        texts, truth, _ = zip(*(one for at, one in enumerate(known) if at % FOLDS != fold))
        vocabulary = strongest(texts, truth)
        weights, column = fit(texts, truth, vocabulary, balanced(truth)), {gram: at for at, gram in enumerate(vocabulary, 1)}
        scores += [score(weights, row(text, column)) for text, label, short in known[fold::FOLDS] if label and short]
    return sorted(scores)[int(MOST_LOST * len(scores))]


def learn(task):
    """The section of a mark, in sixteenths: the bias for short texts, the one for sentences of long ones, and the weights. Below nought
    in all, the second reader does not agree."""
    subject, mark = task
    known = [one for one in rows(subject, mark) if one[0]]
    texts, truth, _ = zip(*known)
    vocabulary = strongest(texts, truth)
    bias, *weights = fit(texts, truth, vocabulary, balanced(truth))
    lines = [f"[{subject} {mark.replace('_', '-')}]", f"= {round((bias - least(known)) * PARTS)}"]
    rounded = ((gram, round(weight * PARTS)) for gram, weight in zip(vocabulary, weights))
    return "\n".join([*lines, *(f"{gram} {weight}" for gram, weight in rounded if weight)])


def main():
    tasks = [(subject, mark) for subject in SUBJECTS for mark in sorted(set(MARKS[subject]) - LEFT_OUT)]
    print("# Weights of the second reader, in sixteenths; made by tests/evalset/learn.py.")
    with multiprocessing.Pool() as pool:
        for section in pool.imap(learn, tasks):
            print(section, flush=True)


if __name__ == "__main__":
    main()
