import importlib
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import matcher
from api import create_app
from tests.offices import office_of

HOUSE = Path(__file__).parent.parent
METHODS = {"get", "post", "put", "patch", "delete"}
PLAIN = ("/api/v1/", "/healthz", "/readyz")


@cache
def app():
    return create_app(office_of([]))


def described():
    paths = app().test_client().get("/api/v1/openapi.json").json["paths"]
    return {(path, method) for path, calls in paths.items() for method in calls if method in METHODS}


def served():
    return {
        (
            re.sub(r"<(?:code|activity_id)>$|<code>", "{id}", rule.rule).replace("<", "{").replace(">", "}"),
            method.lower(),
        )
        for rule in app().url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(PLAIN)
    }


def test_there_are_at_most_fifteen_public_names():
    assert len(set(matcher.__all__)) == len(matcher.__all__) <= 15


def test_public_names_are_sorted():
    assert sorted(matcher.__all__) == dir(matcher)
    assert list(matcher.__all__) == sorted(matcher.__all__)


@pytest.mark.parametrize("name", matcher.__all__)
def test_a_public_name_can_be_imported_and_says_what_it_is(name):
    found = getattr(importlib.import_module("matcher"), name)
    assert found.__name__.removeprefix("matcher.") == name
    assert (found.__doc__ or "").strip()


def test_a_name_that_is_not_public_is_refused():
    with pytest.raises(AttributeError, match="module 'matcher' has no attribute 'numpy'"):
        matcher.numpy  # noqa: B018


def test_every_route_that_is_described_is_served():
    assert described() - served() == set()


def test_every_route_that_is_served_is_described():
    assert served() - described() == set()


def test_the_routes_of_the_contract_for_this_part_are_there():
    assert served() >= {
        ("/healthz", "get"),
        ("/readyz", "get"),
        ("/api/v1/openapi.json", "get"),
        ("/api/v1/suggestions", "post"),
        ("/api/v1/criteria-check", "post"),
        ("/api/v1/activities", "get"),
        ("/api/v1/activities/{id}", "get"),
    }
    assert "/api/docs" in {rule.rule for rule in app().url_map.iter_rules()}


def test_every_parameter_that_is_described_is_taken_and_the_reverse():
    paths = app().test_client().get("/api/v1/openapi.json").json["paths"]
    described = {parameter["name"] for parameter in paths["/api/v1/activities"]["get"]["parameters"]}
    assert described == {"kind", "interest", "municipality", "day", "q", "status", "limit", "cursor"}
    values = {"kind": "sport", "interest": "sport", "day": "di", "status": "active", "limit": "1"}
    for name in described:
        response = app().test_client().get("/api/v1/activities", query_string={name: values.get(name, "x")})
        assert response.status_code == 200


def test_each_operation_has_a_name_of_its_own_and_a_summary():
    paths = app().test_client().get("/api/v1/openapi.json").json["paths"]
    calls = [call for of_path in paths.values() for method, call in of_path.items() if method in METHODS]
    assert len({call["operationId"] for call in calls}) == len(calls)
    assert all(call["summary"].endswith(".") for call in calls)


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "LICENSE", "data/README.md"])
def test_the_house_has_its_papers(name):
    assert (HOUSE / name).is_file()


def test_every_command_stands_in_the_readme():
    text = (HOUSE / "README.md").read_text(encoding="utf-8")
    for command in ("make run", "make test", "matcher suggest", "matcher check-offer", "matcher check-activity"):
        assert command in text


def test_the_python_of_the_readme_runs_and_stands_on_its_first_screen(capsys):
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    before, _, after = readme.partition("```python\n")
    assert before.count("\n") < 25
    exec(compile(after.partition("```")[0], "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in lines] == ["1 ", "2 ", "3 "]
    assert "naaien" in lines[0]


@pytest.mark.slow
def test_the_wheel_works_from_any_folder_in_an_environment_of_its_own(tmp_path):
    def run(*command, cwd=HOUSE):
        return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout

    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, ".")
    (wheel,) = tmp_path.glob("*.whl")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", tmp_path / "site", wheel)
    (tmp_path / "p.json").write_text('{"id": "p", "interests": ["sewing"]}', encoding="utf-8")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); import api, matcher; "
        "assert 'site' in matcher.__file__ and 'site' in api.__file__; from matcher.cli import main; "
        "main(['suggest', '--profile', 'p.json', '--json', '-k', '1'])"
    )
    assert '"rank":1' in run(sys.executable, "-c", program, cwd=tmp_path)
