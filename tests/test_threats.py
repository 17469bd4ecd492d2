"""Each failure and threat of the project's list T01–T32 has a test that would fail if it came true.

The table below is the map from one to the other; a test that is renamed or taken away is missed here.
"""

import ast
from functools import cache
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
THREATS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "T01": ("formulas made from data", (
        "test_attacks.py::test_hostile_names_stay_text_in_every_output",
        "test_marking.py::test_nothing_from_data_becomes_a_formula_or_an_outside_link",
        "test_tables.py::test_text_in_the_csv_that_looks_like_a_formula_gets_a_quote_and_true_numbers_do_not")),
    "T02": ("entities and DTDs", (
        "test_workbook.py::test_entities_and_external_entities_are_refused_unread",
        "test_formats.py::test_an_ods_with_entities_is_refused",
        "test_bad_inputs.py::test_a_bad_input_ends_with_its_exit_code_and_its_words")),
    "T03": ("zip bombs", (
        "test_workbook.py::test_zip_bombs_are_refused_at_once",
        "test_bad_inputs.py::test_a_sound_workbook_of_sixty_megabytes_unpacked_is_read")),
    "T04": ("sparse giants", (
        "test_workbook.py::test_a_far_cell_is_refused_by_name_before_it_can_end_the_process",
        "test_bad_inputs.py::test_blank_rows_and_far_blanks_are_no_table")),
    "T05": ("damaged and foreign files", (
        "test_bad_inputs.py::test_a_bad_input_ends_with_its_exit_code_and_its_words",
        "test_formats.py::test_a_damaged_compound_file_is_a_refusal_never_an_exception")),
    "T06": ("passwords", (
        "test_unlocking.py::test_without_a_password_the_remedy_is_named",
        "test_unlocking.py::test_a_wrong_password_is_told_from_none_and_never_shown")),
    "T07": ("macros", (
        "test_workbook.py::test_a_macro_workbook_is_read_with_a_note",
        "test_marking.py::test_macros_and_signatures_are_never_copied")),
    "T08": ("code in templates", ("test_attacks.py::test_a_hostile_or_misspelt_template_writes_nothing",)),
    "T09": ("data in templates", (
        "test_attacks.py::test_hostile_names_stay_text_in_every_output",
        "test_attacks.py::test_a_hostile_or_misspelt_template_writes_nothing")),
    "T10": ("names made from data", (
        "test_files.py::test_nasty_names_give_one_file_each_inside_the_folder",
        "test_files.py::test_unique_names_never_meet")),
    "T11": ("atomic output", (
        "test_files.py::test_a_full_disk_leaves_the_old_file_and_no_temporary",
        "test_files.py::test_a_kill_leaves_a_whole_file_and_at_most_one_temporary_which_the_next_run_clears",
        "test_files.py::test_an_exception_among_the_reports_leaves_the_folder_as_it_was",
        "test_files.py::test_a_new_file_gets_the_mode_of_the_umask_and_an_old_one_keeps_its_own",
        "test_month.py::test_a_run_broken_off_between_two_files_is_made_good_by_the_next",
        "test_soak.py::test_a_run_killed_at_any_moment_leaves_whole_files_and_the_next_makes_it_good")),
    "T12": ("a target that is open", (
        "test_files.py::test_an_open_file_is_tried_again_and_then_given_up_with_the_old_one_whole",)),
    "T13": ("lock files as input", (
        "test_files.py::test_temporary_files_are_skipped_with_one_note_and_an_open_workbook_is_a_warning",
        "test_files.py::test_missing_temporary_and_empty_inputs_are_errors_and_the_rest_is_found")),
    "T14": ("two runs at once", (
        "test_cli.py::test_another_run_that_holds_the_lock_gives_five",
        "test_month.py::test_a_killed_holder_never_blocks",
        "test_month.py::test_another_workspace_is_not_in_the_way",
        "test_cli.py::test_a_lock_file_left_behind_blocks_nobody")),
    "T15": ("a crash in a batch", (
        "test_month.py::test_a_damaged_input_leaves_the_last_month_as_it_was",
        "test_soak.py::test_twelve_inputs_of_which_the_fifth_is_damaged",
        "test_unattended.py::test_one_that_fails_stops_no_other_and_each_is_told")),
    "T16": ("exit codes", (
        "test_cli.py::test_each_situation_has_its_exit_code", "test_cli.py::test_exit_codes_are_the_contracts")),
    "T17": ("same input, same bytes", (
        "test_same_bytes.py::test_the_same_month_has_the_same_bytes_under_any_environment",
        "test_sealed.py::test_a_sealed_month_is_proved_byte_by_byte")),
    "T18": ("persons in logs and messages", (
        "test_cli.py::test_a_bug_gives_seventy_and_a_log_without_data",
        "test_month.py::test_the_log_is_for_its_owner_and_names_nobody",
        "test_attacks.py::test_what_stands_in_a_name_or_cell_cannot_command_the_terminal",
        "test_canaries.py::test_no_complainant_leaves_by_any_command")),
    "T19": ("masking", (
        "test_privacy.py::test_private_numbers_are_starred_inside", "test_privacy.py::test_codes_dates_and_amounts_stay",
        "test_attacks.py::test_no_number_of_a_person_gets_out_wherever_it_was_written")),
    "T20": ("encrypted outputs", ("test_threats.py::test_no_output_is_promised_to_be_encrypted",)),
    "T21": ("time zones", (
        "test_same_bytes.py::test_the_day_is_that_of_the_office_in_any_zone",
        "test_same_bytes.py::test_the_same_month_has_the_same_bytes_under_any_environment")),
    "T22": ("month ends and leap years", (
        "test_survey_command.py::test_a_month_ends_at_midnight",
        "test_options.py::test_a_full_year_across_two_calendar_years_is_not_shorter_even_in_a_leap_year",
        "test_month.py::test_an_empty_month_and_one_before_any_data_are_written_like_any_other")),
    "T23": ("encodings of csv", (
        "test_workbook.py::test_encodings_and_delimiters_give_the_same_rows",
        "test_workbook.py::test_a_file_in_no_encoding_is_refused_with_its_line")),
    "T24": ("shape of csv", (
        "test_workbook.py::test_an_unclosed_quote_is_named_by_the_line_where_it_opens",
        "test_bad_inputs.py::test_a_bad_input_ends_with_its_exit_code_and_its_words")),
    "T25": ("points and rounding", (
        "test_payload.py::test_texts_add_up_exactly_whatever_the_points",
        "test_papers.py::test_a_rate_is_rounded_half_up_and_few_ballots_are_not_shown")),
    "T26": ("long numbers", (
        "test_reading_rows.py::test_34_an_identity_number_typed_as_a_number_is_refused_and_masked",)),
    "T27": ("1900 and 1904", (
        "test_bad_inputs.py::test_the_day_of_a_1904_workbook_is_the_day_that_was_typed",)),
    "T28": ("dates as text", (
        "test_cells.py::test_a_date_is_read_in_every_listed_spelling",
        "test_cells.py::test_a_date_off_the_list_is_refused_with_its_reason")),
    "T29": ("headers and layout", (
        "test_finding.py::test_a_sheet_is_known_by_its_header",
        "test_columns.py::test_a_header_is_the_same_however_it_is_dressed")),
    "T30": ("invisible and look-alike text", (
        "test_cells.py::test_invisible_characters_do_not_make_another_school",
        "test_roster.py::test_five_spellings_are_one_school_and_its_branch_is_another")),
    "T31": ("loss on writing", (
        "test_bad_inputs.py::test_a_bad_input_ends_with_its_exit_code_and_its_words",
        "test_attacks.py::test_json_stays_json_with_any_character_in_it")),
    "T32": ("resources and terminals", (
        "test_cli.py::test_ctrl_c_ends_a_real_process_with_one_hundred_and_thirty",
        "test_console.py::test_a_reader_that_went_away_leaves_no_traceback_and_the_work_goes_on",
        "test_console.py::test_a_c_locale_prints_instead_of_failing",
        "test_console.py::test_a_character_that_the_console_lacks_becomes_a_mark",
        "test_run.py::test_where_nothing_can_be_written_the_month_ends_with_four")),
}  # fmt: skip


@cache
def _tests_of(file: str) -> frozenset[str]:
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_threat_is_in_the_table() -> None:
    assert list(THREATS) == [f"T{number:02}" for number in range(1, 33)]


@pytest.mark.parametrize("threat", THREATS)
def test_each_threat_has_its_tests(threat: str) -> None:
    _, named = THREATS[threat]
    assert named
    for each in named:
        file, _, name = each.partition("::")
        assert name in _tests_of(file), each


def test_no_output_is_promised_to_be_encrypted() -> None:
    """No option takes a password: it would stand in the list of processes; what zyw writes is not encrypted."""
    from zyw.commands.parameters import OPTIONS

    named = [name for option in OPTIONS.values() for name in option.param_decls]
    assert not [name for name in named if "pass" in name or "密码" in name]
