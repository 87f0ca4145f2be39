"""The record as a custom part of an Office file, which its programs keep and do not show."""

from __future__ import annotations

from xml.sax.saxutils import escape

NAMESPACE = "urn:advisor:memo-record"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ITEM = "{5B3A1C52-0B0E-4E0C-9C0A-6D656D6F0001}"
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def record_xml(record: str) -> bytes:
    """The part that holds a record."""
    return f'{_DECLARATION}<record xmlns="{NAMESPACE}">{escape(record)}</record>'.encode()


def properties_xml() -> bytes:
    """The part that says what kind of part that is."""
    return (
        f'{_DECLARATION}<ds:datastoreItem xmlns:ds="{_DATASTORE}" ds:itemID="{_ITEM}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
