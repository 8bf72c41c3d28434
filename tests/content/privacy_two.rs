//! Sentences of the page on privacy about two people at one keyboard, with what shows them.

/// Tests elsewhere, with the beginnings of the sentences that they show.
pub(crate) const TWO: &[(&str, &[&str])] = &[
    (
        "tests/pty/two_alike.rs both_ways_through_the_question_look_alike_and_one_no_is_enough",
        &[
            "In an exercise for two, each of you is asked separately",
            "No answer is kept, and both ways look the same",
        ],
    ),
    (
        "tests/pty/two.rs a_closed_word_is_nowhere_after_a_kill_and_resuming_begins_with_whoever_was_asked",
        &[
            "What one of you writes in a closed step",
            "somebody with the file, a backup or a sync folder",
        ],
    ),
    (
        "src/journal/closed.rs closed_answers_look_alike_on_the_disk_and_come_back_with_the_keys",
        &["It gives away the day, but not the minute"],
    ),
    (
        "src/journal/closed.rs without_a_passphrase_the_key_lies_on_this_machine_until_the_end",
        &[
            "Without one, the keys are in the folder `two`",
            "your partner, who uses this account",
        ],
    ),
    (
        "tests/cli/two.rs what_one_keeps_is_nowhere_and_every_reason_leaves_the_same",
        &[
            "Whether you said yes to showing something",
            "It can stay closed though you both said yes",
        ],
    ),
    (
        "tests/pty/own_keys.rs what_was_closed_under_somebodys_own_passphrase_is_kept_for_them_alone",
        &[
            "There are two ways to keep the key",
            "Before your first word you’re asked",
            "With one, the key is under it",
            "you yourself, once it’s finished",
            "A passphrase of your own opens what you closed",
        ],
    ),
    (
        "tests/pty/own_keys.rs after_a_kill_their_passphrase_opens_it_again_on_any_machine_and_nothing_else_does",
        &[
            "You’re asked for it again when you continue",
            "If you lose it, what you closed stays closed",
        ],
    ),
    (
        "tests/pty/own_keys.rs with_the_vault_on_both_passphrases_lie_around_what_was_closed",
        &["With the vault on, your words are under both"],
    ),
    (
        "tests/cli/take_back.rs leftovers_of_ours_go_with_it_and_copies_beside_are_named",
        &["Drafts and unfinished saves of that session go with it"],
    ),
    (
        "tests/cli/closed.rs another_program_of_the_same_user_cannot_look_into_the_memory_of_two_people",
        &["another program of this account, in the memory"],
    ),
    (
        "tests/pty/own_keys.rs whoever_has_a_lasting_key_is_asked_for_its_passphrase_before_their_first_word",
        &["So your passphrase is asked for before your first word"],
    ),
    (
        "tests/pty/own_keys.rs where_another_key_stands_in_the_list_nothing_of_theirs_is_asked",
        &["If another one stands in the list you're told"],
    ),
    (
        "src/journal/vault/partners.rs a_key_that_was_put_in_the_place_of_theirs_is_not_taken",
        &["It lies in `identities`, beside a list of partners"],
    ),
    (
        "tests/cli/partner.rs a_key_is_made_listed_put_under_other_words_and_removed",
        &[
            "Who does this often makes a key that lasts",
            "`trust-coach partner remove NAME` removes",
        ],
    ),
    (
        "tests/cli/partner.rs doctor_names_a_key_that_was_put_in_the_place_of_theirs",
        &["`trust-coach doctor` compares the list"],
    ),
    (
        "tests/pty/two_plain.rs without_the_closed_steps_the_rest_is_done_together",
        &[
            "So you’re asked there whether to go on",
            "If one of you can’t look away",
        ],
    ),
    (
        "tests/pty/two_plain.rs going_on_shows_neither_a_passphrase_nor_what_somebody_says_to_showing_it",
        &[
            "In plain mode what you type stays",
            "What you say to the questions you’re asked alone",
        ],
    ),
    (
        "tests/cli/take_back.rs the_owner_takes_one_answer_back_and_nothing_else_goes",
        &[
            "Either of you can take back",
            "In your own home you do this alone",
        ],
    ),
    (
        "tests/cli/take_back.rs a_passphrase_of_their_own_closes_it_again_and_opens_it_for_them",
        &["`trust-coach history take-back last` closes it again"],
    ),
    (
        "tests/cli/take_back.rs what_the_program_quoted_of_it_goes_along",
        &["What the program quoted of it in that session"],
    ),
    (
        "src/session/take_back.rs what_the_program_quoted_goes_along_and_what_somebody_wrote_stays",
        &["What people wrote themselves stays"],
    ),
    (
        "tests/cli/take_back.rs in_somebody_elses_home_it_takes_a_yes_from_both",
        &["In the other’s home it takes your passphrase"],
    ),
    (
        "tests/cli/take_back.rs with_the_vault_on_it_is_taken_out_of_the_encrypted_session",
        &["With their vault on, they have to open it first"],
    ),
    (
        "tests/cli/take_back.rs whoever_the_settings_name_is_at_home",
        &["A home belongs to the first of the two names"],
    ),
    (
        "tests/cli/take_back.rs a_copy_that_was_made_before_brings_it_back",
        &[
            "Copies that were made before still have it",
            "Importing such an export brings it back",
            "And nobody forgets what they’ve read",
        ],
    ),
    (
        "tests/cli/guest.rs no_format_has_what_they_gave_unless_they_agree",
        &["What the other of you gave stays out of `export`"],
    ),
    (
        "tests/cli/guest.rs in_its_place_it_says_that_it_was_left_out",
        &["In its place stands “(left out)”"],
    ),
    (
        "tests/cli/guest.rs what_they_said_about_a_promise_of_both_stays_too",
        &["So does a text that repeats theirs word for word"],
    ),
    (
        "tests/pty/take_back.rs what_the_other_gave_goes_to_a_file_only_once_they_have_typed_their_name",
        &["At a terminal they agree by typing their name"],
    ),
    (
        "tests/cli/guest.rs a_search_passes_over_what_they_gave_and_does_not_tell_whether_a_word_is_in_it",
        &["In a script and in a search it’s `--agreed NAME`"],
    ),
    (
        "tests/cli/guest.rs showing_and_backing_up_leave_nothing_out",
        &["`trust-coach history show` and `progress` still show"],
    ),
];
