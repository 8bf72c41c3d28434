#!/usr/bin/env bash
# A whole session over `trust-coach exercise ... --io json`, in bash alone: it answers, goes back
# once to say something better, and leaves one step out. Prints the name of the saved session.
#
# TRUST_COACH names the program where it is not on the PATH.
set -euo pipefail

# What to answer, by step. A value is JSON: text in quotes, a number, true or false, or a list.
declare -A answers=(
  [side]='"hurt"'
  [happened]='"You moved out while I was at work."'
  [feel]='"Empty."'
  [cost]='"I stopped sleeping in our room."'
  [wish]='"I wish you had told me to my face.\nI would have listened."'
  [now]='"same"'
  [reread]='"in 30 days"'
)

coproc COACH { "${TRUST_COACH:-trust-coach}" exercise unsent-letter --io json; }
# Copies of both ends, for bash forgets its own as soon as the program has ended.
exec {to}>&"${COACH[1]}" {from}<&"${COACH[0]}"
coach=$COACH_PID

say() { printf '%s\n' "$1" >&"$to"; }

went_back=no
will_not_do=no
session=
while IFS= read -r line <&"$from"; do
  # The type always comes first and the id second, so that no parser is needed for them.
  type=${line#'{"type":"'} type=${type%%'"'*}
  id=${line#*',"id":"'} id=${id%%'"'*}
  case $type in
    hello) session=$id ;;
    ask)
      case $will_not_do,$went_back,$id,$line in
        yes,*) say "{\"type\":\"pause\",\"id\":\"$id\"}" ;;
        # On second thought, the step before deserves another word.
        no,no,cost,*)
          went_back=yes
          answers[feel]='"Empty, and angry at the quiet."'
          say '{"type":"back","id":"cost"}' ;;
        # A screen to read takes an answer without a value.
        no,*'"kind":"ready"'*) say "{\"type\":\"answer\",\"id\":\"$id\"}" ;;
        # The letter is put together from what was said; it stands there as `initial`.
        no,yes,letter,*)
          initial=${line#*'"initial":"'} initial=${initial%%'","initial_by"'*}
          say "{\"type\":\"answer\",\"id\":\"letter\",\"value\":\"$initial\"}" ;;
        *)
          if [ -n "${answers[$id]-}" ]; then
            say "{\"type\":\"answer\",\"id\":\"$id\",\"value\":${answers[$id]}}"
          else
            say "{\"type\":\"skip\",\"id\":\"$id\"}"
          fi ;;
      esac ;;
    # After `invalid` the question comes again; after `error` it is still open.
    invalid)
      printf 'coach.sh: %s\n' "$line" >&2
      will_not_do=yes ;;
    error)
      printf 'coach.sh: %s\n' "$line" >&2
      say "{\"type\":\"pause\",\"id\":\"$id\"}" ;;
    # Texts to show, and word that everything is saved: nothing to do for a script.
    note | hint | why | saved | done) ;;
  esac
done

# 0 is a finished session; 4 is a paused one.
wait "$coach"
printf '%s\n' "$session"
