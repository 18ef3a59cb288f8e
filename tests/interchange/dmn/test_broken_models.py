"""Whatever a model's file holds is read to its end, and told."""

from __future__ import annotations

import pytest

from dmn_dli.interchange.dmn.cursor import MOST_TOLD
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.model.dmn_codes import TOO_LARGE_MODEL
from dmn_dli.model.finding import Code, Finding
from tests.fuzz.bounds import bounded
from tests.interchange.dmn.broken_models import FILE, MODELS, Broken, said_of_models
from tests.interchange.dmn.models import model


@pytest.mark.parametrize(("what", "code", "findings"), said_of_models(), ids=lambda each: str(each)[:40])
def test_each_broken_model_gets_its_one_message(what: str, code: Code, findings: tuple[Finding, ...]) -> None:
    assert [each.code.code for each in findings] == [code.code], what
    assert all(each.message.endswith((".", "?")) and each.remedy for each in findings)


@pytest.mark.parametrize("broken", MODELS, ids=lambda each: each.what)
def test_what_is_said_names_the_file(broken: Broken) -> None:
    assert {each.file for each in read_model(broken.data, FILE)[1]} == {FILE}


def test_all_problems_of_a_file_are_told_in_one_run() -> None:
    parts = [each.data.decode().splitlines()[2:-1] for each in MODELS[8:15]]
    body = "\n".join(line for part in parts for line in part)
    head = MODELS[8].data.decode().splitlines()[:2]
    _, findings = read_model("\n".join([*head, body, "</definitions>"]).encode(), FILE)
    assert {each.code for each in MODELS[8:15]} <= {each.code for each in findings}


def test_a_secret_file_is_not_read_into_a_model() -> None:
    doctype = next(each for each in MODELS if "document type" in each.what)
    definitions, findings = read_model(doctype.data, FILE)
    assert definitions is None
    assert "root:" not in "".join(each.text for each in findings)


def test_of_many_alike_the_first_are_told_and_how_many_more_there_are() -> None:
    body = '<inputData id="_i" name="A"/>' * 300
    _, findings = read_model(model(body).encode(), FILE)
    assert len(findings) == 2 * (MOST_TOLD + 1)
    assert [each.message for each in findings[-2:]] == ["There are 199 more of this kind."] * 2


def test_elements_without_end_are_refused() -> None:
    _, (finding,) = read_model(model("<a/>" * 300_000).encode(), FILE)
    assert finding.code is TOO_LARGE_MODEL


def test_attributes_without_end_are_refused() -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    with bounded("attributes"):
        definitions, findings = read_model(model(f"<decision {attributes}/>").encode(), FILE)
    assert definitions is None
    assert [each.code for each in findings] == [TOO_LARGE_MODEL]


def test_prefixes_that_all_elements_inherit_are_looked_at_once() -> None:
    """Ten thousand of them, at each of ten thousand elements, would take minutes."""
    prefixes = " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(10_000))
    elements = '<e xmlns="urn:e"/>' * 10_000
    data = model(elements).replace("<definitions", f"<definitions {prefixes}", 1).encode()
    with bounded("prefixes"):
        definitions, _ = read_model(data, FILE)
    assert definitions is not None
    assert len(definitions.namespaces) == 10_000
