"""The record in a file of slides."""

from __future__ import annotations

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation

from advisor.memo.custom_part import properties_xml, record_xml


def add_record(presentation: Presentation, record: str) -> None:
    """Put the record into the file."""
    package = presentation.part.package
    part = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, package, record_xml(record))
    kind = CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES
    about = Part(PackURI("/customXml/itemProps1.xml"), kind, package, properties_xml())
    part.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    presentation.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
