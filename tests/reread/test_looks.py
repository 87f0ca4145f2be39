"""A memo in the looks of a client is compared in the same looks, lines on its pages included."""

from __future__ import annotations

import pytest

from advisor.memo.brand import read_brand
from advisor.reread.by_hand import why_kept
from tests.cli.command import run
from tests.memo.samples import ROOT

BRAND = ROOT / "docs" / "brand" / "brand.yaml"
PROFILE = ROOT / "profiles" / "ikea.yaml"


@pytest.fixture(scope="module", params=["html", "docx", "pdf"])
def branded(request, tmp_path_factory):
    file = tmp_path_factory.mktemp("branded") / f"memo.{request.param}"
    done = run("memo", PROFILE, "--no-outlook", "--brand", BRAND, "-o", file)
    assert done.returncode == 0, done.stderr
    return file


def test_in_its_own_looks_nothing_differs(branded):
    done = run("verify-memo", branded, "--brand", BRAND)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "Nothing differs: it says what its record leads to.",
    )


def test_without_its_looks_it_is_said_which_option_is_missing(branded):
    done = run("verify-memo", branded)
    assert done.returncode == 2
    assert "M015" in done.stderr
    assert "--brand FILE" in done.stderr


def test_it_is_replaced_in_its_own_looks_and_kept_in_those_of_others(branded):
    assert why_kept(branded, read_brand(BRAND).looks) is None
    assert why_kept(branded) == (
        "is in the looks of another brand or template, so it cannot be told whether it was edited"
    )


def test_in_other_looks_it_is_refused(branded, tmp_path):
    other = tmp_path / "brand.yaml"
    lines = [line for line in BRAND.read_text().splitlines(keepends=True) if not line.startswith("footer:")]
    other.write_text("".join(lines))
    for each in BRAND.parent.iterdir():
        if each.name != BRAND.name:
            (tmp_path / each.name).write_bytes(each.read_bytes())
    done = run("verify-memo", branded, "--brand", other)
    assert done.returncode == 2
    assert "M015" in done.stderr


def test_looks_that_a_memo_does_not_have_are_refused(tmp_path):
    file = tmp_path / "memo.html"
    assert run("memo", PROFILE, "--no-outlook", "-o", file).returncode == 0
    done = run("verify-memo", file, "--brand", BRAND)
    assert done.returncode == 2
    assert "leave out --brand" in done.stderr


def test_markdown_has_no_looks(tmp_path):
    file = tmp_path / "memo.md"
    assert run("memo", PROFILE, "--no-outlook", "--brand", BRAND, "-o", file).returncode == 0
    assert run("verify-memo", file).returncode == 0


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_how_robust_an_advice_is_comes_out_again(ending, tmp_path):
    file = tmp_path / f"memo.{ending}"
    done = run("memo", PROFILE, "--no-outlook", "--robust", "-o", file)
    assert done.returncode == 0, done.stderr
    done = run("verify-memo", file)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("ending", ["md", "docx", "pdf"])
def test_page_one_alone_is_made_again_as_page_one(ending, tmp_path):
    file = tmp_path / f"memo.{ending}"
    assert run("memo", PROFILE, "--one-page", "-o", file).returncode == 0
    done = run("verify-memo", file)
    assert done.returncode == 0, done.stdout + done.stderr
