"""What the form's answers say is what the command says."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from dmn_dli.cases.asking import ask
from dmn_dli.cases.files import given_case
from dmn_dli.cases.rows import known_cases
from dmn_dli.page import anchors
from dmn_dli.page.case_code import entered
from dmn_dli.page.live.session import Session
from dmn_dli.report.layout import spoken
from dmn_dli.report.text import payer_name
from dmn_dli.requirements.graph import requirements_of
from tests.cli.tables import ACME, FACTS
from tests.excel.build import Rows, make_workbook
from tests.page.live.asking import asked, session
from tests.payers import WORKBOOKS, linked


def test_every_row_of_the_cases_sheets_gets_the_determination_of_the_command() -> None:
    rows = 0
    for payer, series in session().series.items():
        for kernel in series.deciding:
            for case in known_cases(kernel.linked.workbook, kernel):
                facts = {name: entered(value) for name, value in case.facts.items()}
                record = ask(given_case(case.facts, 1), payer, session().series)
                told = f"{payer_name(record, session().payers.page)}: {spoken(record['determination'])}"
                assert asked("answers", facts=facts, payers=[payer])["said"] == told, case.name
                rows += 1
    assert rows > 100


def test_what_is_no_value_is_told_at_its_field_in_the_words_of_the_command() -> None:
    answer = asked("answers", facts={"donor_chimerism_percent": "many"})
    (problem,) = ask(given_case({"donor_chimerism_percent": "many"}, 1), "cigna", session().series)["error"][
        "problems"
    ]
    assert answer["errors"] == {"donor_chimerism_percent": problem["reason"]}
    assert "It cannot be evaluated" in answer["html"]


def test_only_the_chosen_payers_answer() -> None:
    assert asked("answers", facts={}, payers=["cigna"])["payers"] == ["cigna"]
    none = asked("answers", facts={}, payers=[])
    assert (none["payers"], none["said"]) == ([], "")


def test_the_rules_on_the_way_and_the_decisions_light_up() -> None:
    answer = asked("answers", facts={"service": "car-t"}, payers=["molina"])
    lit = {each["id"] for each in answer["marks"] if each["tone"] == "lit"}
    assert "rule/molina-2025-02-12/Determination/M-01" in lit
    assert "node/molina-2025-02-12/Determination" in lit
    assert 'href="#rule/molina-2025-02-12/Determination/M-01"' in answer["html"]


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_the_way_through_the_picture_is_the_final_decision_and_what_it_requires(workbook: str) -> None:
    policy = linked(workbook)
    graph = requirements_of(policy)
    way = [next(node.name for node in graph.nodes if node.final)]
    for name in way:
        way += [each.required for each in graph.required_by[name] if each.required not in way]
    facts = {"service": "donor lymphocyte infusion"}
    answer = asked("answers", facts=facts, payers=[policy.workbook.policy.payer])
    lit = [each["id"] for each in answer["marks"] if each["id"].startswith("node/")]
    assert sorted(lit) == sorted(anchors.node(anchors.key_of(workbook), name) for name in way)


def test_nothing_is_lit_before_something_is_entered() -> None:
    assert asked("answers", facts={})["marks"] == []


def test_missing_facts_lead_to_their_fields() -> None:
    answer = asked("answers", facts={}, payers=["molina"])
    assert 'href="#field/service"' in answer["html"]


class _Tags(HTMLParser):
    """The tags that a browser finds in a text."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, _: object) -> None:
        self.seen.add(tag)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Sixty facts without questions, one of 200 values, one of markup; a payer with errors; no payer."""
    folder = tmp_path_factory.mktemp("hostile")
    markup = "<img src=x onerror=alert(1)>"
    values = ", ".join(f'"value {number}"' for number in range(8))
    wide = ", ".join(f'"value {number}"' for number in range(200))
    extra = [
        [f"fact_{number}", f"Fact {number}", "string", values if number else wide, None, "Yes", None, None]
        for number in range(60)
    ]
    facts = [*FACTS, *extra, ["odd", markup, "string", f'"{markup}", "other"', None, "No", None, markup]]
    (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": facts}))
    (folder / "acme-2025-01-01.xlsx").write_bytes(make_workbook(ACME))
    broken: dict[str, Rows] = {**ACME, "Scope": [*ACME["Scope"], ["S-9", "infusoin", "addressed", "Title"]]}
    broken["Policy"] = [[field, "broken" if field == "Payer" else value] for field, value in ACME["Policy"]]
    (folder / "broken-2025-01-01.xlsx").write_bytes(make_workbook(broken))
    many = [f"fact_{number}" for number in range(60)]
    generic: dict[str, Rows] = {
        "Policy": [["Field", "Value"], ["Final decision", "Verdict"]],
        "Verdict": [
            ["Verdict", "What of it?"],
            ["F", *["IF"] * 61, "THEN"],
            ["Rule", "odd", *many, "Verdict"],
            ["values", *[None] * 62],
            ["O-1", f'"{markup}"', *['"value 7"'] * 60, f'"{markup}"'],
            ["O-2", *["-"] * 61, '"plain"'],
        ],
    }
    (folder / "generic.xlsx").write_bytes(make_workbook(generic))
    return Session(folder)


def test_markup_in_a_workbook_is_text_wherever_it_is_shown(hostile: Session) -> None:
    facts = {"odd": "<IMG SRC=x onerror=alert(1)>", **{f"fact_{number}": "value 7" for number in range(60)}}
    answer = asked("answers", hostile, facts=facts)
    form = asked("form", hostile)["html"]
    take = asked("take", hostile, facts=facts)["html"]
    for html in (answer["html"], form, take, asked("why", hostile, facts=facts, payer="generic")["html"]):
        tags = _Tags()
        tags.feed(html)
        assert "img" not in tags.seen
    assert "generic: <img src=x onerror=alert(1)>" in answer["said"]


def test_what_is_entered_turns_no_letters_round_where_it_is_refused() -> None:
    entered = "many\u202egnol\ud800"
    errors = asked("answers", facts={"donor_chimerism_percent": entered})["errors"]
    assert r"many\u202egnol\ud800" in errors["donor_chimerism_percent"]


def test_a_payer_whose_tables_have_errors_says_so_and_the_others_answer(hostile: Session) -> None:
    answer = asked("answers", hostile, facts={"service": "boost"})
    assert "broken: error" in answer["said"]
    assert "Acme Health: not addressed" in answer["said"]
    assert "infusoin" in answer["html"]


def test_a_form_of_sixty_facts_offers_all_their_values_and_asks_for_each(hostile: Session) -> None:
    form = asked("form", hostile)["html"]
    assert form.count('value="value 7"') == 60
    assert form.count('value="value 199"') == 1
    assert "What is Fact 59?" in form
    assert form.count(">Not applicable</option>") == 60
    assert asked("question", hostile, facts={}, answered={})["fact"]


def test_a_payer_without_a_policy_on_the_day_says_from_when_it_has_one() -> None:
    facts = {"date_of_service": "2025-07-01"}
    answer = asked("answers", facts=facts, payers=["centene", "molina"])
    assert "On file: from 2026-02-01 on." in answer["html"]
    assert answer["html"].count("On file:") == 1


def test_each_determination_is_counted_once_for_whoever_sees_the_form_alone() -> None:
    answer = asked("answers", facts={"date_of_service": "2025-07-01"})
    assert answer["verdicts"] == (
        '<span class="badge open">4 needs information</span><span class="badge">1 no policy on file</span>'
    )
