#!/usr/bin/env python3
"""A whole session over `trust-coach exercise ... --io json`, with the standard library alone.

It answers, goes back once to say something better, and leaves one step out. Prints the name of
the saved session. TRUST_COACH names the program where it is not on the PATH.
"""

import json
import os
import subprocess
import sys

ANSWERS = {
    "side": "hurt",
    "happened": "You moved out while I was at work.",
    "feel": "Empty.",
    "cost": "I stopped sleeping in our room.",
    "wish": "I wish you had told me to my face.\nI would have listened.",
    "now": "same",
    "reread": "in 30 days",
}


def main():
    program = os.environ.get("TRUST_COACH", "trust-coach")
    coach = subprocess.Popen(
        [program, "exercise", "unsent-letter", "--io", "json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )

    def say(kind, step, **more):
        print(json.dumps({"type": kind, "id": step, **more}), file=coach.stdin, flush=True)

    went_back = will_not_do = False
    session = None
    for line in coach.stdout:
        message = json.loads(line)
        kind, step = message["type"], message["id"]
        if kind == "hello":
            session = step
        elif kind in ("invalid", "error"):
            # After `invalid` the question comes again; after `error` it is still open.
            print("coach.py:", message["message"], file=sys.stderr)
            will_not_do = True
            if kind == "error":
                say("pause", step)
        elif kind != "ask":
            # Texts to show, and word that everything is saved: nothing to do for a script.
            pass
        elif will_not_do:
            say("pause", step)
        elif step == "cost" and not went_back:
            # On second thought, the step before deserves another word.
            went_back = True
            ANSWERS["feel"] = "Empty, and angry at the quiet."
            say("back", step)
        elif message["kind"] == "ready":
            # A screen to read takes an answer without a value.
            say("answer", step)
        elif step in ANSWERS:
            say("answer", step, value=ANSWERS[step])
        elif message.get("initial_by") == "composed":
            # The letter is put together from what was said.
            say("answer", step, value=message["initial"])
        else:
            say("skip", step)

    # 0 is a finished session; 4 is a paused one.
    code = coach.wait()
    print(session)
    return code


if __name__ == "__main__":
    sys.exit(main())
