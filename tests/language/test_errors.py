"""What is wrong with an expression is said with a code and the part that is meant; nothing hostile does harm."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import advisor.language
from advisor.language import Kind
from advisor.language.check import check
from advisor.language.nodes import walk
from advisor.language.syntax import ExpressionError
from advisor.language.units import dimension
from advisor.language.written import written
from tests.engines.random_rulebooks import Author
from tests.language.names import SCOPE, checked

EXAMPLES: list[tuple[str, str, str]] = [
    ("E001", "n0 > 1 and " * 200 + "b0", "longer than 2000 characters"),
    ("E002", "n0 >", "is not an expression"),
    ("E002", "", "is not an expression"),
    ("E002", "n0 > 3; b0", "is not an expression"),
    ("E002", "n0 = 3", "is not an expression"),
    ("E002", "n0 > 3 # and b0", "put the remark after # into a YAML comment"),
    ("E002", r"colour == 're\x64'", "a backslash has no meaning here"),
    ("E003", "(" * 0 + "not " * 15 + "b0", "nested deeper than 12"),
    ("E003", " + ".join(["n0"] * 20) + " > 3", "nested deeper than 12"),
    ("E004", "n0 ** 2 > 3", "«n0 ** 2» is not part of the rulebook language"),
    ("E004", "n0 % 2 == 0", "«n0 % 2» is not part"),
    ("E004", "b0 is true", "is not part"),
    ("E004", "sum(weight for x in rows) > 3", "a loop is not part"),
    ("E004", "sum(weight for x in rows for y in rows) > 3", "a loop is not part"),
    ("E004", "[n0, n1] == 3", "«[n0, n1]» is not part"),
    ("E005", "n0 > 1e400", "«1e400» is no number here"),
    ("E005", "n0 > 0x10", "«0x10» is no number here"),
    ("E005", "n0 > 1_000", "«1_000» is no number here"),
    ("E005", "n0 > 0.1234567890123456", "at most 15 digits"),
    ("E010", "n0", "«n0» is a number, but a condition is wanted here"),
    ("E010", "b0 > 3", "compare a yes/no with == true or == false"),
    ("E010", "b0 == b1", "compare a yes/no with == true or == false"),
    ("E010", "n0 + b0 > 3", "«b0» is a condition, but a number is wanted here"),
    ("E010", "colour > red", "the choices of «colour» have no order"),
    ("E010", "leading > 3", "«leading» is a text, but a number is wanted here"),
    ("E010", "sum(weight of tags) > 3", "«tags» is not a table"),
    ("E010", "points(n0, red, 1) > 3", "must be a question with choices"),
    ("E011", "n00 > 3", "unknown name «n00» (did you mean n0?)"),
    ("E011", "nothing_like_it > 3", "unknown name «nothing_like_it»"),
    ("E011", "sum(wieght of rows) > 3", "unknown name «wieght» (did you mean weight?)"),
    ("E011", "sum(n0 of rows) > 3", "unknown name «n0»"),
    ("E012", "known(n0 or n1)", "must be the name of a question, measure or finding"),
    ("E012", "known(p1)", "must be the name of a question, measure or finding"),
    ("E012", "default(n0 + 1, 3) > 3", "must be the name of a question, measure or finding"),
    ("E013", "minimum(n0, n1) > 3", "unknown function «minimum»; there are known, applicable"),
    ("E013", "lowst(n0, n1) > 3", "(did you mean lowest?)"),
    ("E013", "ramp(weight of rows) > 3", "«ramp» does not work over a table"),
    ("E014", "ramp(n0, 1) > 3", "ramp takes 3 arguments, not 2"),
    ("E014", "ramp(n0, 1, 2, 3) > 3", "ramp takes 3 arguments, not 4"),
    ("E014", "clamp(n0, 1, 2, 3) > 3", "clamp takes 3 arguments, not 4"),
    ("E014", "default(n0, 1, 2) > 3", "default takes 2 arguments, not 3"),
    ("E014", "known()", "known takes 1 argument, not 0"),
    ("E014", "lowest(n0) > 3", "lowest takes at least 2 arguments, not 1"),
    ("E015", "mean_of_known(4, n0, n1) > 3", "how many must be known"),
    ("E015", "mean_of_known(n0, n1, n2) > 3", "how many must be known"),
    ("E015", "mean_of_known(1.5, n1, n2) > 3", "how many must be known"),
    ("E016", "colour == reed", "«colour» has no choice «reed» (did you mean red?)"),
    ("E016", "colour in (red, purple)", "it offers red, green, blue"),
    ("E016", "purple in tags", "«tags» has no choice «purple»"),
    ("E016", "default(colour, purple) == red", "«colour» has no choice «purple»"),
    ("E017", "sum(n0) > 3", "sum(number column of table where …)"),
    ("E017", "largest(n0, n1) > 3", "largest(number column of table where …)"),
    ("E017", "sum(weight of rows by weight) > 3", "only leader takes «by»"),
    ("E017", "count(weight of rows) > 3", "it counts rows, not a column"),
    ("E017", "count(rows where flag where flag) > 3", "write «where» once"),
    ("E018", "points(colour, red, 1, green, 2) > 1", "points gives each choice of «colour» a number, once"),
    ("E018", "points(colour, red, 1, red, 2, blue, 3) > 1", "points gives each choice"),
    ("E021", "minutes > hours", "mixes units: min/case and h/day"),
    ("E021", "lowest(minutes, hours) > 3", "mixes units"),
    ("E021", "(minutes if b0 else hours) > 3", "mixes units"),
    ("E021", "clamp(minutes, hours, 3) > 3", "mixes units"),
    ("E021", "default(minutes, hours) > 3", "mixes units"),
    ("E021", "ramp(minutes, minutes_per_hour, 90) > 3", "mixes units"),
    ("E021", "minutes in (hours, 3)", "mixes units"),
    ("E030", "n0 / 0 > 3", "«n0 / 0» divides by zero"),
    ("E030", "n0 / (p1 - 3) > 3", "divides by zero"),
    ("E031", "ramp(n0, 5, 5) > 3", "start below end"),
    ("E031", "ramp(n0, p2, p1) > 3", "start below end"),
    ("E031", "ramp(n0, n1, 5) > 3", "start below end"),
]


@pytest.mark.parametrize(("code", "text", "message"), EXAMPLES, ids=lambda value: value[:40])
def test_what_is_wrong_is_said(code: str, text: str, message: str):
    with pytest.raises(ExpressionError) as caught:
        check(text, SCOPE, "truth")
    assert (caught.value.code, message in caught.value.message) == (code, True), caught.value.message


@pytest.mark.parametrize(
    ("text", "kind", "unit", "code", "message"),
    [
        ("minutes * cases", "number", "h/day", "E020", "has the unit min/day, but h/day is declared"),
        ("b0", "number", "", "E010", "is a truth, but a number is wanted here"),
        ("n0 > 3", "text", "", "E010", "is a truth, but a text is wanted here"),
        ("leader(kind of rows by weight)", "text", "", "E017", "leader gives a text, and «kind» is none"),
        ("leader(title of rows)", "text", "", "E017", "by number column"),
    ],
)
def test_what_is_declared_otherwise_is_said(text: str, kind: Kind, unit: str, code: str, message: str):
    with pytest.raises(ExpressionError) as caught:
        check(text, SCOPE, kind, dimension(unit))
    assert (caught.value.code, message in caught.value.message) == (code, True), caught.value.message


def test_every_code_has_an_example():
    sources = Path(advisor.language.__file__).parent.glob("*.py")
    codes = {code for path in sources for code in re.findall(r'"(E\d{3})"', path.read_text())}
    assert codes == {code for code, _, _ in EXAMPLES} | {"E020"}


UNITS = [
    ("minutes * cases / minutes_per_hour", "h/day"),
    ("minutes / minutes_per_hour * cases", "h/day"),
    ("hours * share_pct / 100", "h/day"),  # a share times hours is hours
    ("share_pct * hours", "h/day"),
    ("hours / hours", ""),
    ("hours + 3", "h/day"),  # a plain number takes any unit
    ("3 - hours", "h/day"),
    ("cases * minutes", "min/day"),
    ("share_pct - change_pts", "%"),  # percentages and points may be compared
    ("ramp(hours, 0, 3)", ""),
    ("count(b0, b1)", "count"),
    ("mean_of_known(1, hours, hours)", "h/day"),
    ("-hours", "h/day"),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_units_that_fit(text: str, unit: str):
    check(text, SCOPE, "number", dimension(unit))


@pytest.mark.parametrize(
    ("text", "unit"), [("minutes * cases", "h/day"), ("hours * hours", "h/day"), ("1 / hours", "h/day"), ("hours", "%")]
)
def test_units_that_do_not(text: str, unit: str):
    with pytest.raises(ExpressionError) as caught:
        check(text, SCOPE, "number", dimension(unit))
    assert caught.value.code == "E020"


HOSTILE = [
    "__import__('os').system('id')", "().__class__.__bases__", "n0.real > 3", "n0[0] > 3", "(lambda: n0)() > 3",
    "(n0 := 3) > 2", "f'{n0}' == 'x'", "f'{__import__(1)}'", "await n0", "(yield n0)", "[x for x in rows]",
    "{n0: n1}", "{*tags}", "*n0", "n0 @ n1 > 3", "n0 // 2 > 3", "n0 << 3 > 3", "~n0 > 3", "+n0 > 3",
    "10 ** 10 ** 10 > n0", "9" * 1999, "n0 > " + "9" * 400, "1e400 > n0", "n0 > 1e999999999", "n0 > 1j", "n0 > 0b1",
    "n0 > nan", "n0 > inf", "n0 > NaN", "n0 == None", "None", "...", "True", "print(n0)", "eval('n0')", "exec('n0')",
    "open('/etc/passwd')", "known(n0, key=3)", "known(*tags)", "known(**tags)", "lowest(*rows, 1) > 3", "check(n0)",
    "name(n0)", "typed(n0)", "_call_known(n0)", "(" * 1000, "(" * 150 + "b0" + ")" * 150, "not " * 490 + "b0",
    "-" * 1900 + "n0 > 3", "[" * 1500, "b0 or " * 300 + "b0", "b0\x00", "b0\n\n\nand\n", "\t b0 \\\n and b1",
    "'" * 3, '"""', "b'x' == n0", "b0 and\u2028", "b0 ;; b1", "b0 if b1", "if b0: b1", "import os", "_table_",
    "_by_", "_", "_ for _ in _", "sum(_ of _ where _) > 3", "sum(of of of of) > 3", "where where where", "by by by",
    "count(where) > 3", "count(rows where) > 3", "leader(by by by)",
    "sum(weight of rows where sum(weight of rows) > 3) > 3", "n0 > 3 > b0", "colour in colour", "colour in ()",
    "n0 in rows", "tags == red", "rows == rows", "rows > 3", "known(rows) > 3", "tags", "rows", "colour", "'text'",
    "n0 < 'text'", "points()", "points(colour) > 1", "points(colour, red) > 1", "true == true == true",
    "n0 == n0 == true", "\ufeffb0", "b0\u202e", "ｂ０", "𝔟0", "0o7 > n0", "n0 > 00", "n0 > 01", "n0 > .5", "n0 > 5.",
    "n0 >= 3 if", "unknown", "not_applicable", "unknown == true", "known(unknown)",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:30]))
@pytest.mark.parametrize("kind", ["truth", "number", "text"])
def test_a_hostile_expression_is_read_or_refused_and_nothing_else(text: str, kind: Kind):
    try:
        node = check(text, SCOPE, kind)
    except ExpressionError as error:
        assert error.code.startswith("E0")
        assert len(error.message) < 3_000
    else:
        assert written(node)


PIECES = [
    *SCOPE,
    "(",
    ")",
    ",",
    ".",
    " ",
    "and",
    "or",
    "not",
    "<",
    "==",
    "+",
    "/",
    "of",
    "where",
    "by",
    "sum",
    "count",
    "3",
    "0",
    "if",
    "else",
    "in",
    "'",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
    | st.text(string.printable, max_size=60)
    | st.text(max_size=30)
)
@settings(max_examples=settings().max_examples * 3)
def test_any_text_is_read_or_refused(text: str):
    for kind in ("truth", "number"):
        try:
            check(text, SCOPE, kind)
        except ExpressionError:
            continue


@given(st.randoms(use_true_random=False))
def test_what_is_written_out_is_read_as_the_same(random):
    author = Author(random)
    author.assuming = True
    for node in (checked(author.condition(), "truth"), checked(author.number())):
        again = checked(written(node), "truth" if node == checked_or_none(written(node)) else "number")
        assert written(again) == written(node)
        assert [type(part) for part in walk(again)] == [type(part) for part in walk(node)]


def checked_or_none(text: str):
    try:
        return checked(text, "truth")
    except ExpressionError:
        return None
