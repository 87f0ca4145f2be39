"""The record as a custom part of the file, which Word keeps and does not show."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

NAMESPACE = "urn:advisor:memo-record"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ITEM = "{5B3A1C52-0B0E-4E0C-9C0A-6D656D6F0001}"
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def add_record(document: Document, record: str) -> None:
    """Put the record into the file, beside the custom part of Word's own template."""
    package = document.part.package
    xml = f'{_DECLARATION}<record xmlns="{NAMESPACE}">{escape(record)}</record>'
    part = Part(PackURI("/customXml/item2.xml"), CONTENT_TYPE.XML, xml.encode(), package)
    properties = (
        f'{_DECLARATION}<ds:datastoreItem xmlns:ds="{_DATASTORE}" ds:itemID="{_ITEM}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    about = Part(
        PackURI("/customXml/itemProps2.xml"), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, properties.encode(), package
    )
    part.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
