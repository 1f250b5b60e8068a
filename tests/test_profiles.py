import json

import pytest

from matcher.errors import InputError
from matcher.readers.jsontext import load_json
from matcher.readers.profiles import read_profiles
from matcher.vocabulary import data_folder

NUMBER = "85.07.30-033.28"
"""Has the form and the check digits of a national register number."""
EXAMPLES = data_folder() / "judgements" / "profiles.jsonl"


@pytest.fixture
def read(tmp_path):
    """Read profiles from text or bytes; the problems come as text, without the name of the file."""

    def from_content(content):
        file = tmp_path / "profielen.json"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        profiles, problems = read_profiles(file)
        assert all(str(problem).startswith(f"{file}:") for problem in problems)
        return [profile.id for profile in profiles], [
            str(problem).removeprefix(f"{file}:") for problem in problems
        ]

    return from_content


# The three forms


def test_the_example_profiles_have_no_problem():
    profiles, problems = read_profiles(EXAMPLES)
    assert (len(profiles), problems) == (14, [])


def test_one_profile_a_line_is_read(read):
    assert read('{"id": "a"}\n{"id": "b"}\n{"id": "c"}') == (["a", "b", "c"], [])


def test_a_list_is_read(read):
    assert read('[{"id": "a"}, {"id": "b"},\n {"id": "c"}]\n') == (["a", "b", "c"], [])


def test_one_record_over_many_lines_is_read(read):
    assert read(json.dumps({"id": "a", "home": {"postal_code": "3020"}, "needs": ["childcare"]}, indent=2)) == (
        ["a"],
        [],
    )


def test_one_record_on_one_line_is_read(read):
    assert read('{"id": "a"}') == (["a"], [])


def test_a_record_of_which_a_line_ends_in_a_brace_is_one_record(read):
    assert read('{"home": {"postal_code": "3020"}\n, "id": "a"}\n') == (["a"], [])


@pytest.mark.parametrize(
    "text", ['{"id": "a"}\n{"id": "b"}\n', '[{"id": "a"}, {"id": "b"}]', '[\n{"id": "a"},{"id": "b"}]']
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_blank_lines_are_skipped(read, text, end):
    blank = f"\n \t\n{text}\n\n".replace("\n", end)
    assert read(b"\xef\xbb\xbf" + blank.encode()) == (["a", "b"], [])
    assert read(blank.encode()) == (["a", "b"], [])


def test_blank_lines_between_records_are_skipped(read):
    assert read('{"id": "a"}\n\n   \n{"id": "b"}\n') == (["a", "b"], [])


def test_a_line_separator_inside_a_text_ends_no_line(read):
    assert read('{"id": "a", "wishes": "een\u2028twee\u0085drie"}\n{"id": "b"}\n') == (["a", "b"], [])


# A bad profile


def test_a_bad_line_is_named_and_the_others_are_read(read):
    ids, problems = read('{"id": "a"}\n\n{"id": "b", "age": "oud"}\n{"id": "c"}\n')
    assert ids == ["a", "c"]
    assert problems == ["3: profile.age must be a whole number; got 'oud'."]


def test_a_bad_member_of_a_list_is_named_by_the_line_on_which_it_starts(read):
    ids, problems = read('[\n  {"id": "a"},\n\n  {\n    "id": "b",\n    "age": -1\n  }, {"id": "c"}\n]')
    assert ids == ["a", "c"]
    assert problems == ["4: profile.age must be at least 0; got '-1'."]


def test_a_bad_record_over_many_lines_is_named_by_its_first_line(read):
    ids, problems = read('\n\n{\n"id": "a",\n"age": 200}')
    assert ids == []
    assert problems == ["3: profile.age must be at most 130; got '200'."]


@pytest.mark.parametrize(
    "bad", ['{"id": "b"', '{"id": "b",', "{", "nee", '{"id": }', '{"id": "b"}}', '{"id": "b"} {"id": "c"}']
)
def test_a_line_that_is_no_json_is_named_and_the_others_are_read(read, bad):
    ids, problems = read(f'{{"id": "a"}}\n{bad}\n{{"id": "z"}}\n')
    assert ids == ["a", "z"]
    assert len(problems) == 1
    assert problems[0].startswith("2: must be JSON")


@pytest.mark.parametrize("bad", ['{"id": "b"', '{"id": "b",', "{", '{"id": }', '{"id": "b"}}'])
def test_a_first_line_that_is_no_json_is_named_and_the_others_are_read(read, bad):
    ids, problems = read(f'{bad}\n{{"id": "y"}}\n{{"id": "z"}}\n')
    assert ids == ["y", "z"]
    assert len(problems) == 1
    assert problems[0].startswith("1: must be JSON")


def test_a_line_that_is_no_object_is_named(read):
    ids, problems = read('{"id": "a"}\n5\n"x"\nnull\n{"id": "z"}\n')
    assert ids == ["a", "z"]
    assert [problem[:2] for problem in problems] == ["2:", "3:", "4:"]
    assert all("profile must be an object" in problem for problem in problems)


def test_an_id_that_stands_twice_is_kept_once_and_both_lines_are_named(read):
    ids, problems = read('{"id": "a"}\n{"id": "b"}\n{"id": "a", "age": 20}\n')
    assert ids == ["a", "b"]
    assert problems == ["3: profile.id must be unique in the file; got 'a'. It stands in line 1 too."]


def test_a_profile_without_an_id_is_named(read):
    assert read('{"age": 20}') == ([], ["1: profile.id is required."])


def test_every_wrong_key_is_named_at_once(read):
    _, problems = read('{"id": "a", "age": "oud", "transport": "fiets", "naam": "Jan"}')
    assert sorted(problem.split()[1] for problem in problems) == [
        "profile.age",
        "profile.naam",
        "profile.transport",
    ]
    assert not any("Jan" in problem for problem in problems)


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff", "[]"])
def test_a_file_without_a_profile_is_named(read, tmp_path, content):
    file = tmp_path / "leeg.json"
    file.write_text(content, encoding="utf-8")
    profiles, problems = read_profiles(file)
    assert profiles == []
    assert [problem.rule for problem in problems] == ["must hold a profile"]


def test_the_problem_of_an_empty_file_has_a_line(read):
    assert read("")[1][0].startswith("1: must hold a profile")


def test_latin_1_is_named_with_its_line(read):
    ids, problems = read('{"id": "a"}\n{"id": "b", "wishes": "café"}\n'.encode("latin-1"))
    assert ids == []
    assert problems == ["2: must be UTF-8. Byte 38 is not; save the file as UTF-8."]


def test_nul_bytes_are_named(read):
    assert read(b"\0\0\0\0")[1][0].startswith("1: must be JSON")
    assert "must be JSON" in read(b'{"id": "a\0"}')[1][0]
    assert "control characters" in read(r'{"id": "a", "wishes": "\u0000"}')[1][0]


# JSON that is none


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(read, word):
    ids, problems = read(f'{{"id": "a", "age": {word}}}\n{{"id": "b"}}\n')
    assert ids == ["b"]
    assert problems == [f"1: must not hold {word}. Leave the key out when the value is unknown."]


@pytest.mark.parametrize("digits", ["1e999", "-1e999", "1" + "0" * 400, "1" * 5_000, "1" * 400 + ".5e400"])
def test_a_number_that_is_too_large_is_refused(read, digits):
    ids, problems = read(f'{{"id": "a", "hours_done": {digits}}}\n{{"id": "b"}}\n')
    assert ids == ["b"]
    assert problems[0].startswith("1: must have numbers that are not too large. Look at ")
    assert len(problems[0]) < 200


@pytest.mark.parametrize(
    "key",
    ["age", "hours_done", "max_hours_per_week", "max_distance_km", "max_price_eur", "dutch_level", "id", "wishes"],
)
@pytest.mark.parametrize("digits", ["9" * 390, "1e300", "-1e300", "1e-320", "85073003328e5"])
def test_a_number_of_any_size_gives_at_most_a_problem(read, key, digits):
    ids, problems = read(
        f'{{"id": "a", "{key}": {digits}}}\n{{"id": "b"}}\n' if key != "id" else f'{{"id": {digits}}}'
    )
    assert ids == (["b"] if problems else ["a", "b"]) or key == "id"
    assert all(problem.startswith(f"1: profile.{key} ") for problem in problems)


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"id": "a", "interests": ['])
def test_deep_nesting_is_refused(read, opening):
    ids, problems = read(opening * 100_000)
    assert ids == []
    assert problems == ["1: must be JSON that is not nested so deep. Look at the brackets."]


def test_nesting_that_can_be_read_is_a_wrong_value(read):
    ids, problems = read('{"id": "a", "interests": ' + "[" * 500 + "]" * 500 + '}\n{"id": "b"}\n')
    assert ids == ["b"]
    assert problems == ["1: profile.interests[0] must be an id of the vocabulary of interests."]


def test_a_key_that_stands_twice_is_refused_at_every_depth(read):
    for text in ('{"id": "a", "age": 1, "age": 2}', '{"id": "a", "home": {"age": 1, "age": 2}}'):
        ids, problems = read(f'{text}\n{{"id": "b"}}\n')
        assert ids == ["b"]
        assert problems == ["1: age must be a key that stands once. Leave one of the two out."]


def test_a_key_that_stands_twice_in_one_member_of_a_list_leaves_the_others(read):
    ids, problems = read('[{"id": "a"},\n{"id": "b", "age": 1, "age": 2},\n{"id": "c"}]')
    assert ids == ["a", "c"]
    assert problems == ["2: age must be a key that stands once. Leave one of the two out."]


def test_a_list_that_is_not_closed_is_named_with_the_line_of_its_end(read):
    ids, problems = read('[{"id": "a"},\n{"id": "b"}\n')
    assert ids == []
    assert problems[0].startswith("3: must be JSON")


def test_half_a_surrogate_is_refused(read):
    for key in ("id", "wishes", "transport", "dutch_level"):
        ids, problems = read(f'{{"id": "a", "{key}": "\\ud800"}}\n' if key != "id" else '{"id": "\\ud800"}')
        assert ids == []
        assert len(problems) == 1
        assert problems[0].isprintable()


def test_a_problem_never_holds_the_end_of_a_line(read):
    _, problems = read('{"id": "a\\nb", "een\\ntwee": 1, "transport": "x\\u001b[2J\\u2029y"}')
    assert len(problems) == 3
    assert all(problem.isprintable() for problem in problems)


# What must not be shown


@pytest.mark.parametrize("number", [NUMBER, "85073003328", "85 07 30 033 28"])
@pytest.mark.parametrize(
    "record",
    [
        {"id": "NUMBER"},
        {"id": "a", "wishes": "mijn nummer is NUMBER."},
        {"id": "a", "NUMBER": 1},
        {"id": "a", "home": {"NUMBER": 1}},
        {"id": "a", "home": {"postal_code": "NUMBER"}},
        {"id": "a", "status": {"obligation": "NUMBER"}},
        {"id": "a", "transport": "NUMBER"},
        {"id": "a", "interests": ["NUMBER"]},
        {"id": "a", "availability": ["ma NUMBER"]},
        {"id": "a", "available_from": "NUMBER"},
        {"id": "a", "age": "NUMBER"},
        {"id": "a", "dutch_level": "NUMBER"},
        {"id": "a", "availability": "NUMBER"},
    ],
)
def test_a_register_number_is_refused_and_never_shown(read, record, number):
    ids, problems = read(json.dumps(record).replace("NUMBER", number))
    assert ids == []
    assert problems
    assert not any(number in problem for problem in problems)


@pytest.mark.parametrize("key", ["age", "hours_done", "dutch_level", "max_price_eur", "transport", "wishes", "id"])
def test_a_register_number_without_quotes_is_refused_and_never_shown(read, key):
    for digits in ("85073003328", "85073003328.0"):
        ids, problems = read(f'{{"id": "a", "{key}": {digits}}}' if key != "id" else f'{{"id": {digits}}}')
        assert ids == []
        assert problems
        assert not any("85073003328" in problem for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        '{"85073003328": 1, "85073003328": 2}',
        '{"id": "a", "85.07.30-033.28": 1, "85.07.30-033.28": 2}',
        '{"id": "a", "jan@example.org": 1, "jan@example.org": 2}',
        '{"id": "a", "age": 85073003328e999}',
        '{"id": 85.07.30-033.28}',
    ],
)
def test_what_is_personal_is_not_shown_where_the_json_is_wrong(read, text):
    ids, problems = read(text)
    assert ids == []
    assert problems
    for secret in ("85073003328", "85.07.30-033.28", "jan@example.org"):
        assert not any(secret in problem for problem in problems)


def test_a_register_number_is_not_shown_in_part_where_the_value_is_cut(read):
    _, problems = read(json.dumps({"id": "a", "availability": ["x" * 71 + " 85073003328"]}))
    assert problems
    assert "8507300" not in problems[0]


def test_free_text_and_the_value_of_an_unknown_key_are_not_shown(read):
    _, problems = read('{"id": "a", "wishes": ["geheim"], "religie": "geheim", "home": {"straat": "geheim"}}')
    assert len(problems) == 3
    assert not any("geheim" in problem for problem in problems)


# The reader of JSON itself


def test_json_is_read_with_and_without_a_byte_order_mark():
    assert load_json(b'\xef\xbb\xbf{"a": [1, 2.5, "x", null, true]}') == {"a": [1, 2.5, "x", None, True]}
    assert load_json('{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", r"must be JSON\. Expecting value at line 1, column 1\."),
        (b'{\n"a": }', r"2: must be JSON\. Expecting value at line 2, column 6\."),
        (b"{} {}", r"must be JSON\. Extra data at line 1, column 4\."),
        (b"\xff", r"must be UTF-8\. Byte 0 is not"),
        (b"[NaN]", "must not hold NaN"),
        (b"[1e999]", r"must have numbers that are not too large\. Look at 1e999\."),
        (b'{"a": 1, "b": {"c": 1, "c": 1}}', "c must be a key that stands once"),
    ],
)
def test_what_is_wrong_with_json_is_said(text, message):
    with pytest.raises(InputError, match=message):
        load_json(text)
