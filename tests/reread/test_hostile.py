"""Files that are no memo, or that are built to do harm, are refused with their place and a remedy."""

from __future__ import annotations

import base64
import io
import json
import random
import re
import zipfile
import zlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from advisor.memo.custom_part import NAMESPACE
from advisor.reading import InvalidInput
from advisor.reread import CODES, package, read_memo
from advisor.reread.verify import verify_memo
from tests.cli.command import run
from tests.memo.samples import ROOT, advice
from tests.reread.memos import ENDINGS, rendered, with_part


@cache
def memo(ending: str) -> bytes:
    return rendered(advice("klarna-2024"), ending)


def refused(data: bytes, folder: Path, name: str = "memo.docx") -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(InvalidInput) as caught:
        verify_memo(path)
    return str(caught.value).replace(f"{folder}/", "")


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def test_what_is_no_memo(tmp_path):
    assert "M010" in refused(b"\x00\x01\x02 picture", tmp_path)
    assert "M012 it carries no record" in refused(b"# Just a text\n", tmp_path)
    assert "M012" in refused(b"<!doctype html><p>A page</p>", tmp_path)
    assert "M012" in refused(b"", tmp_path)
    assert "M011" in refused(b"PK\x03\x04 not really", tmp_path)
    assert "M011" in refused(b"%PDF-1.7 not really", tmp_path)
    assert "M011" in refused(packed({"xl/workbook.xml": b"<a/>"}), tmp_path)
    assert "Y006" in refused("# Ä\n".encode("utf-16"), tmp_path)


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path):
    done = run("verify-memo", "none.docx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "none.docx Y001" in done.stderr
    assert run("verify-memo", tmp_path).returncode == 2


def test_the_name_of_the_file_does_not_matter(tmp_path):
    for ending in ENDINGS:
        path = tmp_path / f"memo{ending}.bak"
        path.write_bytes(memo(ending))
        assert read_memo(path).ending == ending


def test_a_part_that_unpacks_to_very_much(tmp_path, monkeypatch):
    bomb = with_part(memo(".docx"), "word/document.xml", lambda xml: xml + b" " * (package.MOST_BYTES + 1))
    assert len(bomb) < 500_000
    assert "word/document.xml is larger than" in refused(bomb, tmp_path)
    record = with_part(memo(".docx"), "customXml/item2.xml", lambda xml: xml + b" " * (package.MOST_BYTES + 1))
    assert "customXml/item2.xml is larger than" in refused(record, tmp_path)


def test_very_many_parts(tmp_path):
    parts = {f"word/part{number}.xml": b"<a/>" for number in range(package.MOST_PARTS + 1)}
    assert "has more than 2000 parts" in refused(packed(parts), tmp_path)


@pytest.mark.parametrize("part", ["word/document.xml", "customXml/item2.xml", "word/footnotes.xml"])
def test_document_types_that_read_files_or_grow(part, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("do not read me")
    external = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    billion = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        f'<!ENTITY {chr(98 + depth)} "{f"&{chr(97 + depth)};" * 10}">'.encode() for depth in range(9)
    )
    for declared in (external, billion + b"]>"):

        def declare(xml: bytes, declared: bytes = declared) -> bytes:
            return re.sub(rb"(<\?xml[^>]*\?>\s*)", lambda head: head[1] + declared, xml, count=1)

        said = refused(with_part(memo(".docx"), part, declare), tmp_path)
        assert f"{part} declares a document type" in said
        assert "do not read me" not in said


def test_xml_that_is_nested_very_deeply(tmp_path):
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    said = refused(packed({"word/document.xml": deep, "customXml/item1.xml": b"<a/>"}), tmp_path)
    assert "M012" in said or "M011" in said


def _with_record(text: str) -> bytes:
    record = f'<record xmlns="{NAMESPACE}">{text}</record>'.encode()
    return with_part(memo(".docx"), "customXml/item2.xml", lambda _: record)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ", "M013"),
        ("no json", "M013"),
        ("[" * 100_000, "M013"),
        ('{"advisor_memo": 2}', "does not know its version"),
        ('{"advisor_memo": 1}', "made_with"),
        ('{"advisor_memo": ' + "9" * 10_000 + "}", "M013"),
        ("[1, 2]", "M013"),
    ],
)
def test_a_record_that_is_none(text, said, tmp_path):
    assert said in refused(_with_record(text), tmp_path)


def test_a_record_with_a_step_that_no_rule_asks_for(tmp_path):
    (tmp_path / "true.docx").write_bytes(memo(".docx"))
    fields = json.loads(read_memo(tmp_path / "true.docx").written)
    fields["units"][0]["steps"] = [{"rules": [], "action": "do", "owner": "manager", "within_days": 30}]
    assert "units.0.steps.0.rules" in refused(_with_record(json.dumps(fields)), tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "no base64 !",
        base64.b64encode(b"not compressed").decode(),
        base64.b64encode(zlib.compress(b"[]")).decode(),
        base64.b64encode(zlib.compress(b"[{}, 1, []]")).decode(),
        base64.b64encode(zlib.compress(b" " * 60_000_000)).decode(),
        base64.b64encode(zlib.compress(b"[" * 1_000_000)).decode(),
        base64.b64encode(zlib.compress(b'[{}, "off", [["System", {}]]]')).decode(),
    ],
)
def test_a_packed_text_that_is_none(text, tmp_path):
    (tmp_path / "true.docx").write_bytes(memo(".docx"))
    fields = json.loads(read_memo(tmp_path / "true.docx").written)
    fields["text"] = text
    assert "its text cannot be read" in refused(_with_record(json.dumps(fields)), tmp_path)


def test_an_attachment_of_a_pdf_that_is_very_large(tmp_path):
    writer = PdfWriter(clone_from=io.BytesIO(memo(".pdf")))
    del writer._root_object["/Names"]
    writer.add_attachment("advisor-record.json", b" " * 21_000_000)
    writer.pages[0].compress_content_streams()
    file = io.BytesIO()
    writer.write(file)
    assert "its record is larger than" in refused(file.getvalue(), tmp_path, "m.pdf")


def test_a_pdf_with_a_password(tmp_path):
    writer = PdfWriter(clone_from=io.BytesIO(memo(".pdf")))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    assert "M011" in refused(file.getvalue(), tmp_path, "m.pdf")
    assert PdfReader(io.BytesIO(file.getvalue())).is_encrypted


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.sampled_from([".pdf", ".docx"]), st.integers(0, 10**6))
def test_bytes_turned_at_random_are_no_crash(tmp_path, ending, seed):
    data = bytearray(memo(ending))
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 200)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    path = tmp_path / f"m{ending}"
    path.write_bytes(data)
    try:
        read_memo(path)
    except InvalidInput as error:
        assert error.problems[0].code in (*CODES, "M013")


def test_html_and_markdown_that_are_nested_very_deeply(tmp_path):
    page = memo(".html").replace(b"<main>", b"<main>" + b"<div>" * 100_000, 1)
    (tmp_path / "m.html").write_bytes(page)
    assert read_memo(tmp_path / "m.html").ending == ".html"
    text = b"> " * 50_000 + b"\n\n" + memo(".md")
    (tmp_path / "m.md").write_bytes(text)
    assert read_memo(tmp_path / "m.md").ending == ".md"


def test_every_code_is_used():
    code = "\n".join(path.read_text() for path in sorted((ROOT / "advisor" / "reread").glob("*.py")))
    assert set(re.findall(r'"(M\d{3})"', code)) == {*CODES}
