"""What the memo says it rests on: by recommendation, with who watches, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest

from advisor.advice.recommendations import Recommendation
from advisor.advice.wording import label_of
from advisor.engines.changes import Change
from advisor.memo import memo_blocks
from advisor.memo.blocks import Heading, Paragraph, Table
from advisor.phrases import phrases_in
from advisor.profile import Engagement, Frozen, read_profile
from tests.memo.samples import ROOT, advice, adviser, profile, rulebook


def tables(name: str) -> list[list[list[str]]]:
    found = [block for block in memo_blocks(advice(name)) if isinstance(block, Table)]
    shown = [block for block in found if block.columns[0].head == "Rests on"]
    return [[[f"{cell.lead}{cell.words}" for cell in row] for row in table.rows] for table in shown]


def words(name: str) -> list[str]:
    return [
        f"{block.text.lead} {block.text.words}" for block in memo_blocks(advice(name)) if isinstance(block, Paragraph)
    ]


def test_each_recommendation_has_its_answers_and_who_watches_them():
    body, *_ = tables("no-net-saving")
    leading = body.index(["The advice: Fix the AI step first", "", "", ""])
    assert body[leading + 1] == [
        "Checking time per AI case", "2.2 min per case",
        "falls to 1 min per case; at 1.5 min per case it still holds", "data owner",
    ]  # fmt: skip
    ledger = body.index(["Ledger of the freed hours", "no", "becomes “yes”", "managers"])
    assert body[ledger - 1][1:] == ["", "", ""]


@pytest.mark.parametrize("name", ["healthy-insurer", "hmrc-helplines", "no-net-saving"])
def test_one_answer_has_one_watcher_whatever_rests_on_it(name):
    """Who can answer a question sees it move; the role of a step answers for the step and stands with the steps."""
    rows = [row for table in tables(name) for row in table if row[1]]
    say = phrases_in("en")
    who = {label_of(name, rulebook()): say(f"who.{each.who}") for name, each in rulebook().asked.items()}
    assert rows
    assert [row[3] for row in rows] == [who[row[0]] for row in rows]


def test_what_is_farther_away_stands_in_the_appendix():
    blocks = memo_blocks(advice("healthy-insurer"))
    headings = [block.words for block in blocks if isinstance(block, Heading)]
    assert headings.index("Appendix") < headings.index("Answers farther away that would end something that is advised")
    body, *_, far = tables("healthy-insurer")
    overtime = ["Overtime", "1%", "rises to 10%; at 9% it still holds", "data owner"]
    assert overtime in far
    assert overtime not in body
    assert "15 answers that are farther away stand in the appendix." in " ".join(words("healthy-insurer"))
    assert far


def test_the_date_on_which_it_expires():
    dated = "Until when. What is advised expires on 15 May 2027, 180 days after the date of this memo."
    assert dated in words("healthy-insurer")
    undated = "Until when. What is advised stands for 180 days; as this memo states no date, no day can be named."
    assert undated in words("hmrc-helplines")


KLARNA = profile("klarna-2024")


@cache
def aged(
    language: str, day: date | None, since: date | None = None, low: str = "1", high: str = "1"
) -> tuple[str, list[list[str]]]:
    """Until when the memo on a step in use for a month says that it stands, and its table of what ends it."""
    (unit,) = KLARNA.units
    ends = {"value": Decimal(low)} if low == high else {"value": None, "low": Decimal(low), "high": Decimal(high)}
    months = replace(unit.answers["months_live"], as_of=since, **ends)
    unit = replace(unit, answers=Frozen({**unit.answers, "months_live": months}))
    made = adviser(language).advise(replace(KLARNA, units=(unit,), engagement=Engagement(date=day)))
    blocks = memo_blocks(adviser(language).with_tripwires(made))
    lead = {"en": "Until when.", "de": "Bis wann."}[language]
    until = [block.text.words for block in blocks if isinstance(block, Paragraph) and block.text.lead == lead]
    heads = ("Rests on", "Beruht auf der Antwort")
    table = next(block for block in blocks if isinstance(block, Table) and block.columns[0].head in heads)
    return " ".join(until), [[f"{cell.lead}{cell.words}" for cell in row] for row in table.rows]


def test_an_advice_that_time_ends_is_to_be_taken_again_on_that_day():
    until, table = aged("en", date(2026, 11, 16))
    assert until == (
        "From 16 January 2027 on, the advice is to be taken again: “Months in use” comes to 3 months by itself, and "
        "that ends the advice “Stabilise first”. Otherwise, what is advised would expire on 15 May 2027, 180 days "
        "after the date of this memo."
    )
    place = table.index(["The advice: Stabilise first", "", "", ""])
    assert table[place + 1] == [
        "Months in use", "1 month", "comes to 3 months by itself, on 16 January 2027", "managers",
    ]  # fmt: skip


def test_without_a_date_it_tells_months_and_no_day():
    until, table = aged("en", None)
    assert until == (
        "In 2 months the advice is to be taken again: “Months in use” comes to 3 months by itself, and that ends the "
        "advice “Stabilise first”. Otherwise, what is advised would stand for 180 days; as this memo states no date, "
        "no day can be named for that."
    )
    assert ["Months in use", "1 month", "comes to 3 months by itself, in 2 months", "managers"] in table
    assert aged("en", None, date(2026, 6, 30))[0].startswith("From 30 August 2026 on, the advice is to be taken again:")


def test_an_answer_that_has_come_to_it_by_the_date_of_the_memo_is_to_be_brought_up_to_date():
    until, table = aged("en", date(2026, 11, 16), date(2026, 6, 30))
    assert until.startswith(
        "The advice is to be taken again already, with an up-to-date answer: by the date of this memo, “Months in use” "
        "has come to 5 months by itself, and that ends the advice “Stabilise first”."
    )
    ends = "has come to 5 months by itself by the date of this memo"
    assert ["Months in use", "1 month", ends, "managers"] in table


def test_a_range_may_end_it_and_a_part_of_a_month_ends_it_within_one():
    until, _ = aged("en", date(2026, 11, 16), high="2")
    assert "comes to 2 to 3 months by itself, and that may end the advice “Stabilise first”. " in until
    until, _ = aged("de", date(2026, 11, 16), high="2")
    assert "auf 2 bis 3 Monate; das kann die Empfehlung „Erst stabilisieren“ hinfällig machen. " in until
    until, table = aged("en", None, low="2.9", high="2.9")
    assert until.startswith("In less than a month the advice is to be taken again: “Months in use” comes to 3 months")
    assert table[1][2] == "comes to 3 months by itself, in less than a month"


def test_all_that_ends_on_the_same_day_is_named_and_only_an_answer_that_ends_something_alone_is_counted():
    made = adviser().with_tripwires(adviser().advise(replace(KLARNA, engagement=Engagement(date=date(2026, 11, 16)))))
    ((ending, *others),) = made.endings or ()
    (months,) = ending.changes
    harm = Change("harm_since_months", (200, 200), (700, 700), Fraction(5))
    use = Recommendation("pattern", "quality")

    def shown(*changes: Change) -> tuple[str, str]:
        joint = replace(ending, recommendation=use, changes=changes)
        blocks = memo_blocks(replace(made, endings=((ending, joint, *others),)))
        heading = next(each.words for each in blocks if isinstance(each, Heading) and "can end something" in each.words)
        (until,) = (
            each.text.words for each in blocks if isinstance(each, Paragraph) and each.text.lead == "Until when."
        )
        return heading, until

    counted = len({each.change.question for one in made.watched[0] for each in one.tripwires}) + 1
    alone, until = shown(harm)
    assert "ends the advice “Stabilise first” and the use “" in until
    jointly, _ = shown(months, harm)
    assert [int(each.split()[2]) for each in (alone, jointly)] == [counted + 1, counted]


def test_what_time_ends_in_german():
    until, table = aged("de", date(2026, 11, 16))
    assert until == (
        "Ab dem 16. Januar 2027 ist die Empfehlung zu erneuern: „Monate im Einsatz“ kommt von selbst auf 3 Monate; das "
        "macht die Empfehlung „Erst stabilisieren“ hinfällig. Sonst würde, was empfohlen wird, bis zum 15. Mai 2027 "
        "gelten, also 180 Tage nach dem Datum dieses Memos."
    )
    ends = "von selbst auf 3 Monate kommt, am 16. Januar 2027"
    assert ["Monate im Einsatz", "1 Monat", ends, "Führung"] in table
    assert aged("de", None)[0].startswith("In 2 Monaten ist die Empfehlung zu erneuern: „Monate im Einsatz“ kommt von")
    past, _ = aged("de", date(2026, 11, 16), date(2026, 6, 30))
    assert past.startswith(
        "Die Empfehlung ist schon jetzt zu erneuern, mit einer aktuellen Antwort: „Monate im Einsatz“ ist bis zum "
        "Datum dieses Memos von selbst auf 5 Monate gekommen; das macht die Empfehlung „Erst stabilisieren“ hinfällig."
    )


def test_what_is_said_of_the_answers_tried_names_those_that_time_moved():
    said = " ".join(words("klarna-2024"))
    assert "answers that grow by themselves with time were moved on month by month, as long as the advice would" in said
    lasting = next(each for each in words("klarna-2024") if each.startswith("Ended by none of the answers tried."))
    assert "Stabilise first" not in lasting


def test_what_no_answer_ends_is_said():
    said = next(each for each in words("klarna-2025") if each.startswith("Ended by none of the answers tried."))
    assert "The advice: Recover quality first" in said


def test_a_use_that_no_answer_ends_tells_which_answer_moves_its_share():
    """More needed conversations bring advice near enough for a share as soon as errors fall a little."""
    head, _, rest = (ROOT / "profiles" / "healthy-insurer.yaml").read_text().partition("  - name: Claims handling\n")
    unit = rest.partition("\n  - name: ")[0].replace("advisory_unmet_pct: {value: 6", "advisory_unmet_pct: {value: 15")
    text = head.partition("  - name: ")[0] + "  - name: Claims handling\n" + unit
    made = adviser().with_tripwires(adviser().advise(read_profile(text, rulebook().questions)))
    said = [block.text.words for block in memo_blocks(made) if isinstance(block, Paragraph)]
    assert any(
        "The use: better quality in the same cases, but its share of the hours changes from 90% to 50% where “Error "
        "rate” falls to 5%" in each
        for each in said
    )
    then = adviser().advise(
        read_profile(text.replace("error_rate_pct: {value: 6", "error_rate_pct: {value: 5"), rulebook().questions)
    )
    shares = {each.pattern: each.share_pct for each in then.document.units[0].patterns}
    assert (then.document.units[0].verdict, shares["quality"]) == ("redeploy", 50)


def test_a_step_that_ends_is_not_said_to_break_anything():
    """The ledger that a step asks for is kept: that ends the step and nothing else."""
    body, *_ = tables("no-net-saving")
    place = body.index(["Ledger of the freed hours", "no", "becomes “yes”", "managers"])
    assert body[place - 1][0].startswith("The step: Open a ledger")
    assert "a step is done, or its reason is gone" in " ".join(words("no-net-saving"))


def test_what_was_not_computed_is_said_to_be_so():
    blocks = memo_blocks(adviser().advise(profile("ikea")))
    assert any(
        isinstance(block, Paragraph) and block.text.words.startswith("It was not computed which answers alone")
        for block in blocks
    )


def test_a_silent_rulebook():
    made = advice("ikea")
    frame = made.rulebook.frame
    silent = replace(made.rulebook, frame=replace(frame, memo=replace(frame.memo, valid_for=None)))
    blocks = memo_blocks(replace(made, rulebook=silent))
    said = [block.text.words for block in blocks if isinstance(block, Paragraph)]
    assert "The rulebook does not say how long an advice stands." in said
