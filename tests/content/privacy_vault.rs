//! What the page on privacy says of the vault, and the tests elsewhere that show it.

/// Tests of the vault, with the beginnings of the sentences that they show.
pub(crate) const VAULT: &[(&str, &[&str])] = &[
    (
        "tests/cli/vault.rs what_only_writes_never_asks_and_what_reads_asks_once",
        &[
            "With the vault on, nobody can read what you saved",
            "Saving needs no passphrase, so",
            "Everything in a session, even its title",
        ],
    ),
    (
        "tests/cli/vault_keys.rs a_list_that_somebody_changed_is_shown_at_every_unlock",
        &[
            "Somebody with your account can write their own key",
            "The true list is inside your key file",
            "Each time you type the passphrase",
            "If they differ, you see",
            "read what you write from now on",
        ],
    ),
    (
        "tests/cli/vault_keys.rs somebody_else_reads_what_is_saved_from_now_on_and_on_request_the_rest",
        &[
            "Then they can read what you save from then on",
            "a counsellor or a second device",
            "Each time you open the vault, you’re told",
        ],
    ),
    (
        "tests/cli/vault_keys.rs a_list_that_somebody_changed_is_put_back_and_all_is_encrypted_anew",
        &["`trust-coach vault recipients reset` puts"],
    ),
    (
        "tests/cli/vault_keys.rs encrypting_anew_that_was_cut_off_is_told_and_gone_on_with",
        &["`trust-coach vault on` picks up where it left off"],
    ),
    (
        "tests/cli/vault_keys.rs the_passphrase_can_be_changed",
        &["`trust-coach vault passphrase` changes"],
    ),
    (
        "tests/cli/vault_late.rs what_comes_encrypted_after_the_vault_is_off_is_opened_with_the_key_that_was_kept",
        &[
            "`trust-coach vault off` keeps the key",
            "If something encrypted comes after that",
            "Nothing is saved until `trust-coach doctor`",
        ],
    ),
    (
        "tests/cli/vault_late.rs what_cannot_be_decrypted_is_named_where_it_lies_when_the_vault_is_off_and_a_good_copy_still_opens",
        &["What can’t be decrypted, since it’s broken"],
    ),
    (
        "tests/cli/vault_mixup.rs another_vaults_key_changes_nothing_about_the_vault_and_is_named",
        &["It changes nothing about the vault"],
    ),
    (
        "tests/cli/vault_mixup.rs a_new_passphrase_is_set_for_copies_of_the_key_and_leftovers_of_it_go",
        &[
            "A new passphrase is set for copies",
            "Copies elsewhere, in backups or git history",
        ],
    ),
    (
        "tests/cli/vault_mixup.rs where_the_vault_was_turned_off_on_another_machine_that_is_said_and_how_to_go_on",
        &[
            "If the vault is turned off on one machine",
            "It says so, and `trust-coach vault off`",
        ],
    ),
    (
        "tests/cli/vault_readers.rs a_key_that_a_sync_program_renamed_is_known_tried_and_given_its_name_back",
        &["If a sync program has put a key beside yours"],
    ),
    (
        "tests/cli/vault_readers.rs sealed_files_say_that_there_is_a_vault_wherever_they_were_moved",
        &["Anything that shows there is or was a vault"],
    ),
    (
        "tests/cli/vault_hidden.rs encrypted_sessions_in_a_folder_of_another_name_tell_of_the_vault",
        &["A file that’s named as encrypted sessions are counts"],
    ),
    (
        "tests/cli/vault_names.rs without_any_other_sign_a_sealed_file_still_tells_of_the_vault_by_what_is_in_it",
        &["Below `sessions` and `ledger`, what’s encrypted"],
    ),
    (
        "tests/cli/vault_hidden.rs encrypted_sessions_that_are_named_as_plain_ones_tell_of_the_vault_behind_some_that_were_made_up",
        &["Of files named as plain sessions"],
    ),
    (
        "tests/cli/vault_hidden.rs what_the_page_on_privacy_says_that_nothing_tells_of_saves_plain",
        &["Somebody can still take away all that tells"],
    ),
    (
        "tests/cli/vault_hidden.rs one_that_is_hidden_among_many_made_up_ones_is_noticed_by_whatever_looks_at_all_of_them",
        &[
            "They can also hide one encrypted session",
            "Then an answers file is saved",
        ],
    ),
    (
        "tests/pty/vault.rs an_exercise_meets_an_encrypted_session_among_many_made_up_ones_before_it_saves_a_word",
        &["So does an exercise at a terminal"],
    ),
    (
        "tests/cli/vault_halfway.rs while_a_session_is_open_elsewhere_it_is_said_what_is_plain_and_what_is_not",
        &["Turning it off waits for such a session"],
    ),
    (
        "tests/cli/vault_halfway.rs where_turning_it_on_was_cut_off_every_refusal_says_how_to_go_on",
        &["If it was cut off before the key had its place"],
    ),
    (
        "tests/cli/vault_keys.rs a_descriptor_that_gives_no_passphrase_is_refused_at_once",
        &["A descriptor that’s only for writing"],
    ),
    (
        "tests/cli/vault_readers.rs a_draft_that_a_killed_program_left_in_memory_is_found",
        &["If the program was killed"],
    ),
    (
        "tests/pty/vault.rs a_draft_of_a_killed_program_is_found_by_a_shell_that_knows_nothing_of_its_folder",
        &["If the program was killed"],
    ),
    (
        "tests/cli/vault_strays.rs a_copy_of_a_session_is_counted_and_encrypted_wherever_it_lies_in_the_folder",
        &["A copy of a session that you or a sync program"],
    ),
    (
        "tests/cli/vault_strays.rs what_is_plain_and_not_ours_is_named_and_left_as_it_is",
        &[
            "`vault on` and `doctor` name everything else",
            "They don’t look into `.git`",
        ],
    ),
    (
        "tests/cli/vault.rs a_session_is_saved_encrypted_and_says_that_earlier_answers_count_as_none",
        &[
            "An exercise then works as if you had no earlier answers",
            "It says so",
        ],
    ),
    (
        "tests/cli/vault.rs a_paused_session_goes_on_with_the_passphrase",
        &["`trust-coach resume` continues"],
    ),
    (
        "tests/cli/vault.rs the_passphrase_comes_through_a_descriptor_and_the_rest_stays_for_others",
        &["A script gives the passphrase"],
    ),
    (
        "tests/cli/vault.rs turning_it_on_says_twice_that_there_is_no_way_back_and_encrypts_what_is_there",
        &["Keep a copy of the key file"],
    ),
    (
        "tests/cli/vault_kills.rs a_kill_while_sessions_and_facts_are_turned_loses_none_of_them",
        &[
            "Each session is changed over by itself",
            "You can switch the machine off",
        ],
    ),
    (
        "tests/pty/vault.rs a_draft_for_an_editor_lies_in_memory_and_the_session_is_encrypted_as_it_is_typed",
        &["With the vault on, the draft that an editor opens"],
    ),
    (
        "tests/pty/vault.rs the_passphrase_is_not_shown_and_a_wrong_one_is_asked_for_again",
        &["Asked at most once for each command"],
    ),
    (
        "tests/pty/vault.rs after_three_wrong_ones_it_ends_and_nothing_was_changed",
        &["At a terminal you can type it three times"],
    ),
];
