#!/usr/bin/env python3
"""Learns the weights of the second reader from the labelled texts, and prints them.

    learn.py > exercises/rules/weights.txt

Needs scikit-learn (`.ci/outside/learn` puts the right release into a folder of its own). Learns from dev/ and own/ alone: aside/ is for
measuring. For each mark of apologies and reflections a logistic regression on the one- and two-word grams of a text, with everyday
answers as texts that have no mark; the strongest grams are learned once more by themselves, in sixteenths. How sure it must be is
set by texts that were not learned from. The same texts give the same file. src/review/second.rs reads it, and cuts words in the same way.
"""
import collections, json, pathlib, re, unicodedata

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from score import FILES, MARKS

HERE = pathlib.Path(__file__).parent
FOLDERS = ("dev", "own")
# An echo is known by the other's words, which no weights know.
LEFT_OUT = {"parrot"}
SUBJECTS = ("apology", "reflection")
RAREST = 2
GRAMS = 300
PARTS = 16
STRENGTH = 10.0
FOLDS = 5
# So many of a mark's own texts, not learned from, may be taken for others: one in twenty.
MOST_LOST = 0.05


def grams(text):
    """The distinct grams of a text, without case, accents and apostrophes."""
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.category(c).startswith("M"))
    words = re.findall("[a-z0-9]+", re.sub("['’‘ʼ´`＇]", "", text.lower()))
    return sorted(set(words) | {f"{a} {b}" for a, b in zip(words, words[1:])})


def rows(subject):
    """Pairs of grams and labels; a label that two readers disagree on is None."""
    for folder in FOLDERS:
        for name in (FILES[subject], "everyday.jsonl"):
            path = HERE / folder / name
            for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
                row = json.loads(line)
                labels = row.get("labels", {})
                contested = row.get("contested", ())
                truth = {mark: None if mark in contested else labels.get(mark, 0) for mark in MARKS[subject]}
                yield grams(row.get("reply") or row["text"]), truth


def matrix(texts, vocabulary):
    """A row a text: each of its grams the same, and all rows of one length. Grams that are not known count for the length."""
    column = {gram: at for at, gram in enumerate(vocabulary)}
    where = [(row, column[gram], len(text) ** -0.5) for row, text in enumerate(texts) for gram in text if gram in column]
    row, col, value = zip(*where)
    return csr_matrix((value, (row, col)), shape=(len(texts), len(column)))


def fit(texts, truth, vocabulary):
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear", random_state=0)
    model.fit(matrix(texts, vocabulary), truth)
    return model


def strongest(texts, truth):
    """The grams that tell most."""
    counts = collections.Counter(gram for text in texts for gram in text)
    vocabulary = sorted(gram for gram, count in counts.items() if count >= RAREST)
    weights = np.round(fit(texts, truth, vocabulary).coef_[0], 6)
    order = sorted(range(len(vocabulary)), key=lambda at: (-abs(weights[at]), vocabulary[at]))
    return sorted(vocabulary[at] for at in order[:GRAMS])


def least(texts, truth):
    """The score that all but MOST_LOST of the texts with the mark reach, where others were learned from."""
    scores = []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(texts, truth)
    for known, apart in folds:
        known_texts, known_truth = [texts[at] for at in known], [truth[at] for at in known]
        vocabulary = strongest(known_texts, known_truth)
        model = fit(known_texts, known_truth, vocabulary)
        marked = [texts[at] for at in apart if truth[at]]
        scores += list(model.decision_function(matrix(marked, vocabulary)))
    return float(np.quantile(scores, MOST_LOST))


def learn(pairs, mark):
    """The bias and the weights of a mark, in sixteenths: below nought in all, the second reader does not agree."""
    known = [(text, truth[mark]) for text, truth in pairs if truth[mark] is not None and text]
    texts, truth = [text for text, _ in known], [label for _, label in known]
    vocabulary = strongest(texts, truth)
    model = fit(texts, truth, vocabulary)
    bias = float(model.intercept_[0]) - least(texts, truth)
    rounded = [round(float(weight) * PARTS) for weight in model.coef_[0]]
    return round(bias * PARTS), [(gram, weight) for gram, weight in zip(vocabulary, rounded) if weight]


def main():
    print("# Weights of the second reader, in sixteenths; made by tests/evalset/learn.py.")
    for subject in SUBJECTS:
        pairs = list(rows(subject))
        for mark in sorted(set(MARKS[subject]) - LEFT_OUT):
            bias, weights = learn(pairs, mark)
            print(f"[{subject} {mark.replace('_', '-')}]\n= {bias}")
            print("\n".join(f"{gram} {weight}" for gram, weight in weights))


if __name__ == "__main__":
    main()
