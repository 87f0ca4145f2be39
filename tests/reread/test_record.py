"""The record that a memo carries: the same in every format, whole, and to be read by people too."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from advisor.memo import memo_of
from advisor.profile import read_profile
from advisor.reread import read_memo
from advisor.reread.by_hand import written_memo
from advisor.reread.rulebooks import rulebook_of
from tests.memo.samples import advice, rulebook
from tests.reread.memos import ENDINGS, rendered


@pytest.fixture(scope="module", params=ENDINGS)
def found(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("memo") / f"memo{request.param}"
    path.write_bytes(rendered(advice("healthy-insurer"), request.param))
    return read_memo(path)


def test_it_is_the_same_text_in_every_format(found):
    assert found.written.strip() == memo_of(advice("healthy-insurer")).record


def test_it_holds_what_the_memo_was_made_with(found):
    record, document = found.record, advice("healthy-insurer").document
    assert record.made_with.rulebook.digest == rulebook().digest
    assert record.profile.digest == document.profile.digest
    assert str(record.date) == "2026-11-16"
    assert {each.name: each.value for each in record.parameters} == {
        name: each.value for name, each in rulebook().parameters.items()
    }
    assert [each.verdict for each in record.units] == [each.verdict for each in document.units]
    assert record.flips == [each.outcome for each in advice("healthy-insurer").flips[0]]


def test_a_record_of_before_parameters_had_labels_differs_in_no_parameter(found):
    record = found.record
    made_with = replace(record.made_with, rulebook=replace(record.made_with.rulebook, digest="sha256:of-before"))
    parameters = [replace(each, label=None) for each in record.parameters]
    _, change = rulebook_of(replace(record, made_with=made_with, parameters=parameters), [])
    assert change is not None
    assert (change.parameters, change.only_parameters) == ((), False)


def test_the_profile_in_it_says_the_same(found):
    again = read_profile("\n".join(found.record.profile.lines), rulebook().questions)
    assert again == advice("healthy-insurer").profile


def test_the_text_in_it_is_the_memo(found):
    assert written_memo(found).blocks == memo_of(advice("healthy-insurer")).blocks


def test_a_person_can_read_it():
    """One line for each parameter and each line of the profile; nothing that HTML or XML could take for itself."""
    record = memo_of(advice("healthy-insurer")).record or ""
    lines = record.split("\n")
    (growth,) = [line for line in lines if '"growth_noticeable"' in line]
    assert json.loads(growth.strip().rstrip(","))["unit"] == "%"
    assert any(line.strip().startswith('"      ai_phase: live') for line in lines)
    assert not {"<", ">", "&"} & {*record}
    assert all(line.startswith((" ", "{", "}")) for line in lines)
