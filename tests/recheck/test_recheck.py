"""An earlier advice against newer answers: what broke it first, what falls, what stands, what was done."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import jsonschema
import pytest
import yaml

from advisor.advice import Adviser
from advisor.memo import MemoOptions, memo_of, render_markdown, renderer_for
from advisor.profile import Profile, read_profile
from advisor.reading import InvalidInput
from advisor.recheck import RecheckDocument, open_earlier, recheck
from advisor.recheck.schema import recheck_schema
from advisor.rulebook import Rulebook
from tests.cli.command import run
from tests.memo.samples import ROOT, advice, adviser, rulebook
from tests.reread.memos import ENDINGS, rendered

HMRC, INSURER = ROOT / "profiles" / "hmrc-helplines.yaml", ROOT / "profiles" / "healthy-insurer.yaml"
MASAI = ROOT / "profiles" / "masai-mammography.yaml"
SCHEMA = ROOT / "docs" / "recheck.schema.json"


def dated(text: str, day: str) -> str:
    """The insurer's profile with another date of the engagement."""
    return text.replace("date: 2026-11-16", f"date: {day}")


def answered(text: str, unit: str, **answers: str) -> str:
    """A profile with other answers of one unit, each as YAML on one line."""
    before, name, after = text.partition(f"- name: {unit}\n")
    block, marker, rest = after.partition("\n  - name:")
    lines = block.split("\n")
    for question, answer in answers.items():
        (place,) = [place for place, line in enumerate(lines) if line.strip().startswith(f"{question}:")]
        lines[place] = f"      {question}: {answer}"
    return before + name + "\n".join(lines) + marker + rest


def reported(text: str, unit: str, steps: str) -> str:
    """A profile with reports on the steps of one unit."""
    before, name, after = text.partition(f"- name: {unit}\n")
    return f"{before}{name}    steps: {steps}\n{after}"


def found(old: Path, text: str, made_by: Adviser | None = None) -> RecheckDocument:
    made_by = made_by or adviser()
    return recheck(open_earlier(old).read_by(made_by.rulebook), _profile(text), made_by, old)


def _profile(text: str) -> Profile:
    return read_profile(text, rulebook().questions)


@pytest.fixture(scope="module", params=ENDINGS)
def memo(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("old") / f"memo{request.param}"
    path.write_bytes(rendered(advice("healthy-insurer"), request.param))
    return path


@pytest.fixture(scope="module")
def markdown(tmp_path_factory):
    path = tmp_path_factory.mktemp("old") / "memo.md"
    path.write_bytes(rendered(advice("healthy-insurer"), ".md"))
    return path


def unit_of(document: RecheckDocument, name: str = "Claims handling"):
    return next(each for each in document.units if each.unit == name)


def test_the_same_answers_and_everything_stands(memo):
    document = found(memo, INSURER.read_text())
    assert document.stands
    assert document.same_rulebook
    assert (document.expires, document.expired) == ("2027-05-15", False)
    for unit in document.units:
        assert unit.changed == []
        assert unit.broke_first is None
        assert all(each.stands for each in unit.advised)
        assert unit.new_steps == []


def test_the_answer_that_broke_it_is_named_with_what_it_was(markdown):
    text = answered(INSURER.read_text(), "Claims handling", clarity_work_list="none")
    unit = unit_of(found(markdown, text))
    assert unit.broke_first is not None
    assert (unit.broke_first.question, unit.broke_first.from_, unit.broke_first.to) == (
        "clarity_work_list", "ranked", "none",
    )  # fmt: skip
    leading, use = unit.advised
    assert (leading.name, leading.stands, leading.now, leading.cause) == ("redeploy", False, "Prepare first", "answer")
    assert (use.name, use.stands) == ("quality", True)


def test_of_two_answers_the_one_of_the_earlier_date_broke_it(markdown):
    """Each would break it alone; which came first is told by their dates, not by the questionnaire."""
    late, early = "{value: none, as_of: 2027-02-01}", "{value: 2, as_of: 2027-01-01}"
    text = answered(INSURER.read_text(), "Claims handling", clarity_work_list=late, authority_staff_agree=early)
    first = unit_of(found(markdown, text)).broke_first
    assert first is not None
    assert (first.question, first.as_of) == ("authority_staff_agree", "2027-01-01")
    text = text.replace("2027-01-01", "2027-03-01")
    assert unit_of(found(markdown, text)).broke_first.question == "clarity_work_list"


def test_without_dates_the_order_of_the_memo_decides(markdown):
    text = answered(INSURER.read_text(), "Claims handling", clarity_work_list="none", authority_staff_agree="2")
    assert unit_of(found(markdown, text)).broke_first.question == "clarity_work_list"


def test_a_change_within_the_tripwire_breaks_nothing_and_one_beyond_does(markdown):
    """The memo says that the step about defects is needed until the error rate falls to 3.5 %."""
    for value, needed in (("4", True), ("3.5", False)):
        text = answered(INSURER.read_text(), "Claims handling", error_rate_pct=value)
        step = next(each for each in unit_of(found(markdown, text)).steps if "defects-before-volume" in each.rules)
        assert step.needed is needed


def test_steps_done_started_dropped_forgotten_and_needed_no_longer(markdown):
    text = dated(INSURER.read_text(), "2027-03-01")
    text = answered(text, "Claims handling", error_rate_pct="{value: 2, as_of: 2027-02-01}")
    text = reported(text, "Claims handling", "{GOV-06: {state: done, date: 2027-01-10, note: twice}}")
    steps = {each.rules[0]: each for each in unit_of(found(markdown, text)).steps}
    asked = {rule for step in unit_of(found(markdown, text)).steps for rule in step.rules}
    assert asked == {
        rule
        for unit in json.loads(memo_of(advice("healthy-insurer")).record or "")["units"]
        if unit["unit"] == "Claims handling"
        for step in unit["steps"]
        for rule in step["rules"]
    }
    ended = steps["defects-before-volume"]
    assert (ended.needed, ended.overdue) == (False, False)
    assert ended.ended_by is not None
    assert ended.ended_by.question == "error_rate_pct"
    open_ = next(each for each in steps.values() if each.needed and each.state is None)
    assert open_.due is not None
    assert open_.overdue is (open_.due < "2027-03-01")


@pytest.mark.parametrize(
    ("report", "done"), [("clarity-is-missing: done", True), ("clarity-is-missing: started", False)]
)
def test_an_advice_that_was_followed_is_done_and_nothing_broke_it(report, done, tmp_path):
    """It was to prepare first: the list of work is there now, because that step was done."""
    before = adviser().advise(_profile(answered(INSURER.read_text(), "Claims handling", clarity_work_list="none")))
    (tmp_path / "old.json").write_text(before.to_json())
    unit = unit_of(found(tmp_path / "old.json", reported(INSURER.read_text(), "Claims handling", f"{{{report}}}")))
    prepare = unit.advised[0]
    assert (prepare.name, prepare.stands, prepare.done) == ("prepare_first", False, done)
    assert (unit.broke_first is None) is done
    (tmp_path / "new.yaml").write_text(reported(INSURER.read_text(), "Claims handling", f"{{{report}}}"))
    told = " ".join(run("recheck", "old.json", "new.yaml", cwd=tmp_path).stdout.split())
    assert f"{'Done' if done else 'Ends'} the advice “Prepare first”, by List of work" in told
    assert "; on all answers now “Redeploy”" in told
    assert ("Ended first" in told) is not done


_PREPARED = {f"{each}_{side}": 80 for each in ("authority", "recognition") for side in ("mgr", "staff")}
_EXPOSED = {
    **_PREPARED,
    "quality_segmented": False,
    "human_path": "none",
    "complaint_change_pct": 0,
    "csat_change_pts": 0,
}
_FALLEN = {"value": -30, "evidence": "measured", "source": "staff survey"}


def _first_unit(file: Path, done: str | None = None, **answers: object) -> str:
    """A profile of the first unit of a file, with other answers and a step reported as done."""
    profile = yaml.safe_load(file.read_text())
    (unit,) = profile["units"] = profile["units"][:1]
    unit["answers"] |= answers
    unit["steps"] = {done: "done"} if done else {}
    return yaml.safe_dump(profile)


@pytest.mark.parametrize(
    ("file", "given", "step", "turn", "now"),
    [
        (INSURER, {}, "REC-19", {"volume_growth_12m_pct": -20}, "Redirect the hours or bank them"),
        (MASAI, _EXPOSED, "erosion-would-go-unseen", {"engagement_change_pts": _FALLEN}, "Recover quality first"),
        (MASAI, _PREPARED, "clarity-not-assessed", {"clarity_mgr": 20}, "Prepare first"),
    ],
)
def test_what_speaks_against_an_advice_is_not_that_it_was_followed(file, given, step, turn, now, tmp_path):
    """The answer ended a step that is reported as done too, but the advice did not rest on that."""
    (tmp_path / "old.json").write_text(adviser().advise(_profile(_first_unit(file, **given))).to_json())
    (unit,) = found(tmp_path / "old.json", _first_unit(file, step, **given, **turn)).units
    assert (unit.advised[0].name, unit.advised[0].now) == ("redeploy", now)
    fallen = [each for each in unit.advised if not each.stands]
    assert [each.done for each in fallen] == [False] * len(fallen)
    assert unit.broke_first is not None
    assert unit.broke_first.question in turn
    reported_step = next(each for each in unit.steps if step in (*each.rules, *each.codes))
    assert reported_step.state == "done"
    assert reported_step.ended_by is not None
    assert reported_step.ended_by.question == unit.broke_first.question


@pytest.mark.parametrize(("state", "overdue"), [("started", True), ("done", False), ("dropped", False)])
def test_what_is_reported_on_a_step(markdown, state, overdue):
    rules = next(each for each in unit_of(found(markdown, INSURER.read_text())).steps if each.needed).rules
    text = dated(INSURER.read_text(), "2027-04-01")
    text = reported(text, "Claims handling", f"{{{rules[0]}: {{state: {state}, date: 2027-01-10, note: slowly}}}}")
    step = next(each for each in unit_of(found(markdown, text)).steps if each.rules == rules)
    assert (step.state, step.date, step.note, step.overdue) == (state, "2027-01-10", "slowly", overdue)


@pytest.mark.parametrize(("day", "expired"), [("2027-05-15", False), ("2027-05-16", True)])
def test_it_expires_after_the_day_that_the_memo_names(markdown, day, expired):
    document = found(markdown, dated(INSURER.read_text(), day))
    assert (document.expires, document.expired) == ("2027-05-15", expired)
    assert document.stands is not expired


SETTLING = """
advisor_profile: 1
organisation: {name: Example Mutual, country: DE, currency: EUR}
engagement: {date: 2026-11-16}
units:
  - {name: Claims, answers: {ai_phase: live, months_live: 1, cases_per_day: 200, ai_minutes_saved_per_case: 4}}
  - {name: Sales, answers: {ai_phase: live, months_live: 9, cases_per_day: 200, ai_minutes_saved_per_case: 4}}
"""
"""In one of its units the step has to settle first, which is over on 16 January 2027."""


@pytest.fixture(scope="module", params=["memo.md", "page.pdf", "deck.pptx", "advice.json"])
def settling(request, tmp_path_factory):
    """The advice on it in every shape that the commands write, in German where it is a page."""
    folder, name = tmp_path_factory.mktemp("settling"), request.param
    (folder / "old.yaml").write_text(SETTLING)
    written = {
        "memo.md": ("memo", "old.yaml", "--no-outlook", "-o", name),
        "page.pdf": ("memo", "old.yaml", "--no-outlook", "--one-page", "--language", "de", "-o", name),
        "deck.pptx": ("memo", "old.yaml", "--no-outlook", "--deck", "-o", name),
        "advice.json": ("assess", "old.yaml", "--no-outlook", "--format", "json"),
    }[name]
    done = run(*written, cwd=folder)
    assert done.returncode == 0
    if name == "advice.json":
        (folder / name).write_text(done.stdout)
    return folder / name


@pytest.mark.parametrize(
    ("day", "months", "passed", "stands", "not_moved"),
    [
        ("2027-01-15", "1", False, True, []),
        ("2027-01-16", "1", True, True, ["months_live"]),
        ("2027-01-16", "3", True, False, []),
        ("2027-01-15", "3", False, False, []),
    ],
)
def test_what_time_ends_has_ended_from_its_day_on(settling, day, months, passed, stands, not_moved):
    text = SETTLING.replace("2026-11-16", day).replace("months_live: 1", f"months_live: {months}")
    document = found(settling, text)
    claims, sales = document.units
    assert (document.expires, document.expired) == ("2027-05-15", False)
    assert (sales.expires, sales.expired, sales.ends_by_time) == ("2027-05-15", False, [])
    assert (claims.expires, claims.expired) == ("2027-01-15", passed)
    (ends,) = claims.ends_by_time
    assert (ends.kind, ends.name, ends.on, ends.passed) == ("verdict", "stabilise_first", "2027-01-16", passed)
    assert ends.not_moved == not_moved
    assert [(each.question, each.from_, each.to) for each in ends.answers] == [("months_live", 1, 3)]
    assert claims.advised[0].stands is stands
    assert document.stands is (stands and not passed)


def test_what_time_ends_is_told_in_a_table(tmp_path):
    (tmp_path / "old.json").write_text(adviser().with_expiry(adviser().advise(_profile(SETTLING))).to_json())
    (tmp_path / "new.yaml").write_text(SETTLING.replace("2026-11-16", "2027-02-20"))
    (tmp_path / "undated.json").write_text(_undated(tmp_path / "old.json"))

    def told(old: str, *options: str) -> tuple[int, str]:
        done = run("recheck", old, "new.yaml", *options, cwd=tmp_path)
        return done.returncode, " ".join(done.stdout.split())

    code, said = told("old.json")
    assert code == 1
    assert "Until when it stands until 15 May 2027; in some units it ends earlier" in said
    assert (
        "Claims Until when since 16 Jan 2027, the advice “Stabilise first” has ended by time alone: “Months in use” "
        "has come to 3 months; the profile still gives 1 month for “Months in use”, so bring it up to date" in said
    )
    assert "Until when it has expired, on 15 Jan 2027 Left out" in told("old.json", "--unit", "Claims")[1]
    assert (
        "Claims Bis wann seit dem 16.01.2027 ist die Empfehlung „Erst stabilisieren“ allein durch die Zeit hinfällig: "
        "„Monate im Einsatz“ ist auf 3 Monate gekommen; das Profil nennt noch 1 Monat bei „Monate im Einsatz“, bringen "
        "Sie es auf den neuesten Stand" in told("old.json", "--language", "de")[1]
    )
    (tmp_path / "new.yaml").write_text(SETTLING)
    assert (
        "Claims Until when from 16 Jan 2027 on, the advice “Stabilise first” ends by time alone: “Months in use” comes "
        "to 3 months by then Stands" in told("old.json")[1]
    )
    code, said = told("undated.json")
    assert code == 0
    assert (
        "Claims Until when the advice “Stabilise first” ends by time alone, once “Months in use” comes to 3 months; "
        "the earlier advice has no date" in said
    )


def test_answers_with_a_day_of_their_own_end_an_advice_that_has_none(tmp_path):
    old = SETTLING.replace("engagement: {date: 2026-11-16}\n", "").replace(
        "months_live: 1", "months_live: {value: 1, as_of: 2026-11-01}"
    )
    (tmp_path / "old.json").write_text(adviser().with_expiry(adviser().advise(_profile(old))).to_json())
    (tmp_path / "new.yaml").write_text(SETTLING)
    told = {
        name: " ".join(run("recheck", "old.json", "new.yaml", *options, cwd=tmp_path).stdout.split())
        for name, options in {"all": (), "one": ("--unit", "Claims"), "other": ("--unit", "Sales")}.items()
    }
    assert "Until when it stands until 31 Dec 2026; of some units no day is known Claims" in told["all"]
    assert "Until when it stands until 31 Dec 2026 Left out" in told["one"]
    assert "Until when no date on which it expires: the earlier advice has no date Left out" in told["other"]


def _undated(path: Path) -> str:
    """An advice as it would be without the date of the engagement."""
    old = json.loads(path.read_text())
    old["profile"]["date"] = None
    for unit in old["units"]:
        unit["expires"] = None
        for each in unit["ends_by_time"]:
            each["on"] = None
    return json.dumps(old)


_OPEN: dict[str, object] = {"low": 1, "high": None}


@pytest.mark.parametrize(
    "told",
    [
        {"on": "2027-13-01"},
        {"answers": []},
        *(
            {"answers": [{"question": "months_live", "from": before, "to": after, "unit": "month"}]}
            for before, after in ((-1, 3), (None, 3), (1, _OPEN))
        ),
    ],
)
def test_a_day_or_an_answer_that_is_none_is_refused(told, tmp_path):
    old = json.loads(adviser().with_expiry(adviser().advise(_profile(SETTLING))).to_json())
    old["units"][0]["ends_by_time"][0] |= told
    (tmp_path / "old.json").write_text(json.dumps(old))
    with pytest.raises(InvalidInput, match="A001"):
        found(tmp_path / "old.json", SETTLING)
    memo = memo_of(adviser().with_expiry(adviser().advise(_profile(SETTLING))))
    record = json.loads(memo.record or "")
    record["units"][0]["ends_by_time"][0] |= told
    (tmp_path / "old.md").write_text(render_markdown(replace(memo, record=json.dumps(record))))
    with pytest.raises(InvalidInput, match="M013"):
        found(tmp_path / "old.md", SETTLING)


def test_answers_that_are_no_longer_asked_for_end_nothing(tmp_path):
    old = json.loads(adviser().with_expiry(adviser().advise(_profile(SETTLING))).to_json())
    old["units"][0]["ends_by_time"][0]["answers"][0]["question"] = "moons_live"
    (tmp_path / "old.json").write_text(json.dumps(old))
    assert found(tmp_path / "old.json", SETTLING).units[0].ends_by_time == []


def test_a_unit_left_out_by_the_option_is_not_said_to_be_gone(markdown, tmp_path):
    (tmp_path / "new.yaml").write_text(INSURER.read_text())
    done = run("recheck", markdown, "new.yaml", "--unit", "Claims handling", cwd=tmp_path)
    told = " ".join(done.stdout.split())
    assert done.returncode == 0
    assert "Left out the unit “Policy administration”, by --unit, so nothing is said of it" in told
    assert "is not in the profile" not in told
    done = run("recheck", markdown, "new.yaml", "--unit", "Claims handling", "--format", "json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert (document["gone"], len(document["left_out"])) == ([], 2)
    jsonschema.validate(document, recheck_schema())
    german = run("recheck", markdown, "new.yaml", "--unit", "Claims handling", "--language", "de", cwd=tmp_path)
    assert "die Einheit „Policy administration“, durch --unit, deshalb wird nichts" in " ".join(german.stdout.split())


def test_without_a_date_nobody_knows_whether_it_has_expired(markdown, tmp_path):
    text = INSURER.read_text().replace("  date: 2026-11-16\n", "")
    assert found(markdown, text).expired is None
    path = tmp_path / "m.md"
    path.write_bytes(rendered(advice("hmrc-helplines"), ".md"))
    document = found(path, HMRC.read_text())
    assert (document.expires, document.expired) == (None, None)


def test_what_is_asked_for_now_and_was_not_before(markdown):
    text = answered(INSURER.read_text(), "Claims handling", gov_ledger="false")
    assert ["no-ledger"] in [each.rules for each in unit_of(found(markdown, text)).new_steps]


def test_units_that_only_one_of_them_has(markdown):
    text = INSURER.read_text().replace("- name: Claims handling", "- name: Claims")
    document = found(markdown, text)
    assert (document.gone, document.new, document.stands) == (["Claims handling"], ["Claims"], False)
    nothing = HMRC.read_text()
    with pytest.raises(InvalidInput, match="A003 its units are"):
        found(markdown, nothing)


def test_what_fell_by_another_rulebook_is_not_put_on_an_answer(markdown, tmp_path):
    (tmp_path / "p.yaml").write_text("parameters:\n  - {name: months_until_stable, value: 20, why: A slow house.}\n")
    book = Rulebook.load(overlays=[tmp_path])
    document = recheck(
        open_earlier(markdown).read_by(book), read_profile(INSURER.read_text(), book.questions), Adviser(book), markdown
    )
    assert not document.same_rulebook
    for unit in document.units:
        leading, *uses = unit.advised
        assert (leading.stands, leading.cause) == (False, "rulebook")
        assert all(each.stands for each in uses)
        assert unit.broke_first is None


@pytest.fixture(scope="module")
def advice_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("old") / "advice.json"
    path.write_text(advice("healthy-insurer").to_json())
    return path


class TestAnAdviceAsJson:
    def test_the_same_answers_and_everything_stands(self, advice_file):
        document = found(advice_file, INSURER.read_text())
        assert document.stands
        assert (document.earlier, document.earlier_date, document.expires) == ("advice", "2026-11-16", "2027-05-15")
        assert all(unit.changed == [] for unit in document.units)

    def test_it_says_the_same_as_the_memo(self, advice_file, markdown):
        answers = {"error_rate_pct": "2", "clarity_work_list": "none", "csat_change_pts": "unknown"}
        text = answered(INSURER.read_text(), "Claims handling", **answers)
        from_memo, from_json = (unit_of(found(path, text)) for path in (markdown, advice_file))
        assert from_memo.broke_first is not None
        assert {**asdict(from_memo), "steps": []} == {**asdict(from_json), "steps": []}
        assert [(each.rules, each.needed) for each in from_json.steps] == [
            (each.rules, each.needed) for each in from_memo.steps
        ]

    def test_what_an_advice_without_answers_does_not_tell_is_said_to_be_unknown(self, advice_file, tmp_path):
        old = json.loads(advice_file.read_text())
        for unit in old["units"]:
            del unit["answers"]
        (tmp_path / "old.json").write_text(json.dumps(old))
        text = answered(INSURER.read_text(), "Claims handling", clarity_work_list="none")
        leading = unit_of(found(tmp_path / "old.json", text)).advised[0]
        assert (leading.stands, leading.cause, leading.broken_by) == (False, "unknown", None)
        assert not unit_of(found(tmp_path / "old.json", text)).tells_answers
        old["made_with"]["rulebook"]["digest"] = "sha256:another"
        (tmp_path / "old.json").write_text(json.dumps(old))
        assert unit_of(found(tmp_path / "old.json", text)).advised[0].cause == "unknown"

    def test_one_from_before_there_were_languages_and_voices(self, advice_file, tmp_path):
        old = json.loads(advice_file.read_text())
        del old["made_with"]["language"]
        for unit in old["units"]:
            del unit["voices"], unit["by_voice"]
        (tmp_path / "old.json").write_text(json.dumps(old))
        assert open_earlier(tmp_path / "old.json").language == "en"
        assert found(tmp_path / "old.json", INSURER.read_text()).stands

    def test_an_array_of_one_is_taken_and_several_are_refused(self, advice_file, tmp_path):
        (tmp_path / "one.json").write_text(f"[{advice_file.read_text()}]")
        assert found(tmp_path / "one.json", INSURER.read_text()).stands
        (tmp_path / "two.json").write_text(f"[{advice_file.read_text()}, {advice_file.read_text()}]")
        with pytest.raises(InvalidInput, match="A002 it holds 2 advices"):
            found(tmp_path / "two.json", INSURER.read_text())

    @pytest.mark.parametrize("text", ["{}", "[1, 2", "[[]]", '{"advisor_advice": 2}', "[" * 100_000])
    def test_other_json_is_refused(self, text, tmp_path):
        (tmp_path / "a.json").write_text(text)
        with pytest.raises(InvalidInput, match="A001"):
            found(tmp_path / "a.json", INSURER.read_text())

    @pytest.mark.parametrize(
        ("question", "value"),
        [
            ("cases_per_day", "many"),
            ("cases_per_day", float("nan")),
            ("cases_per_day", 1e300),
            ("cases_per_day", -1),
            ("cases_per_day", True),
            ("cases_per_day", [4]),
            ("cases_per_day", {"low": 9, "high": 1}),
            ("ai_phase", "finished"),
            ("ai_phase", 3),
            ("ai_phase", ["live"]),
        ],
    )
    def test_what_is_no_answer_to_its_question_is_refused(self, question, value, advice_file, tmp_path):
        old = json.loads(advice_file.read_text())
        old["units"][0]["answers"][question] = value
        (tmp_path / "old.json").write_text(json.dumps(old))
        with pytest.raises(InvalidInput, match=f"A001 .* is no answer to {question}"):
            found(tmp_path / "old.json", INSURER.read_text())

    def test_a_date_that_is_none_and_two_units_of_one_name_are_refused(self, advice_file, tmp_path):
        old = json.loads(advice_file.read_text())
        (tmp_path / "a.json").write_text(json.dumps({**old, "profile": {**old["profile"], "date": "2026-13-01"}}))
        (tmp_path / "b.json").write_text(json.dumps({**old, "units": [old["units"][0]] * 2}))
        for name in ("a.json", "b.json"):
            with pytest.raises(InvalidInput, match="A001"):
                found(tmp_path / name, INSURER.read_text())

    def test_days_beyond_the_calendar_end_with_it(self, advice_file, tmp_path):
        old = json.loads(advice_file.read_text())
        old["profile"]["date"] = "9999-12-30"
        for each in old["units"][0]["findings"]:
            if each["remedy"]:
                each["remedy"]["within_days"] = 10**12
        (tmp_path / "old.json").write_text(json.dumps(old))
        document = found(tmp_path / "old.json", INSURER.read_text())
        assert {document.expires, *(step.due for step in document.units[0].steps)} == {"9999-12-31"}


class TestTheCommand:
    def test_a_table_for_people(self, markdown, tmp_path):
        text = dated(INSURER.read_text(), "2027-03-01")
        text = answered(text, "Claims handling", clarity_work_list="{value: none, as_of: 2027-02-15}")
        (tmp_path / "new.yaml").write_text(text)
        done = run("recheck", markdown, "new.yaml", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (1, "")
        told = " ".join(done.stdout.split())
        assert "Until when it stands until 15 May 2027" in told
        assert "Ended first List of work left undone: None, nobody could name it instead of Written down" in told
        assert "(clarity_work_list, as of 15 Feb 2027)" in told
        assert "Ends the advice “Redeploy”, by List of work left undone: None" in told
        assert "(clarity_work_list, as of 15 Feb 2027); on all answers now “Prepare first”" in told
        assert "Answers List of work left undone: None, nobody could name it instead of Written down" in told
        assert "Stands the use “better quality in the same cases”" in told
        assert all(len(line) <= 80 for line in done.stdout.splitlines()[1:])

    def test_it_speaks_the_language_of_the_memo_or_the_one_that_is_named(self, tmp_path):
        (tmp_path / "old.md").write_bytes(rendered(advice("healthy-insurer", "de"), ".md"))
        (tmp_path / "new.yaml").write_text(answered(INSURER.read_text(), "Claims handling", clarity_work_list="none"))
        said = {
            language: run("recheck", "old.md", "new.yaml", *named, cwd=tmp_path)
            for language, named in {"de": (), "en": ("--language", "en")}.items()
        }
        assert {done.returncode for done in said.values()} == {1}
        words = {language: " ".join(done.stdout.split()) for language, done in said.items()}
        assert "Hinfällig die Empfehlung „Stunden neu einsetzen“, durch Liste" in words["de"]
        assert "nach allen Antworten jetzt „Erst vorbereiten“" in words["de"]
        assert "Auslöser Liste liegen gebliebener Arbeit: Keine" in words["de"]
        assert "on all answers now “Prepare first”" in words["en"]

    def test_json_for_programs(self, markdown, tmp_path):
        (tmp_path / "new.yaml").write_text(INSURER.read_text())
        done = run("recheck", markdown, "new.yaml", "--format", "json", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        jsonschema.validate(json.loads(done.stdout), recheck_schema())
        again = run("recheck", markdown, "new.yaml", "--format", "json", cwd=tmp_path, PYTHONHASHSEED="7")
        assert again.stdout == done.stdout

    def test_a_trial_says_what_would_break(self, markdown, tmp_path):
        (tmp_path / "new.yaml").write_text(INSURER.read_text())
        done = run("recheck", markdown, "new.yaml", "--set", "clarity_work_list=none", cwd=tmp_path)
        assert done.returncode == 1
        assert "Ended first" in done.stdout

    def test_what_is_no_earlier_advice(self, tmp_path):
        (tmp_path / "new.yaml").write_text(INSURER.read_text())
        (tmp_path / "text.md").write_text("# Hello\n")
        for name, code in (("text.md", "M012"), ("none.md", "Y001")):
            done = run("recheck", name, "new.yaml", cwd=tmp_path)
            assert (done.returncode, done.stdout) == (2, "")
            assert code in done.stderr


def test_the_committed_schema_is_current() -> None:
    """Renew it with: python -m tests.recheck.test_recheck"""
    assert json.loads(SCHEMA.read_text()) == recheck_schema()


def test_a_memo_without_record_has_nothing_to_recheck(tmp_path):
    path = tmp_path / "m.md"
    path.write_text(str(renderer_for(path)(memo_of(advice("ikea"), MemoOptions(embeds=False)))))
    with pytest.raises(InvalidInput, match="M012"):
        open_earlier(path)


if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(recheck_schema(), indent=2, ensure_ascii=False) + "\n")
