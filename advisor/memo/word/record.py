"""The record in a Word file."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from advisor.memo.custom_part import properties_xml, record_xml


def add_record(document: Document, record: str) -> None:
    """Put the record into the file, beside the custom part of Word's own template."""
    package = document.part.package
    part = Part(PackURI("/customXml/item2.xml"), CONTENT_TYPE.XML, record_xml(record), package)
    kind = CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES
    about = Part(PackURI("/customXml/itemProps2.xml"), kind, properties_xml(), package)
    part.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
