"""A brand on the page: its colours and fonts as a style, and its logo as an address that holds the whole picture."""

from __future__ import annotations

from base64 import b64encode

from advisor.memo.looks import USUAL, Font, Looks

_FALLBACK = '"Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Noto Sans", sans-serif'
_MIME = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}


def brand_style(looks: Looks) -> str:
    """What stands behind the style of every memo; nothing for the usual looks.

    A brand's reader lets in no colour or name of a font that could end a rule.
    """
    if looks == USUAL:
        return ""
    fonts = {font.family: font for font in (looks.text_font, looks.heading_font) if font}
    faces = "".join(_faces(font) for font in fonts.values())
    text = f"html {{ font-family: {_stack(looks.text_font)}; }}\n" if looks.text_font else ""
    heads = f"h1, h2, h3, h4, h5 {{ font-family: {_stack(looks.heading_font)}; }}\n" if looks.heading_font else ""
    logo = f".logo {{ height: {looks.logo.height}mm; }}\n" if looks.logo else ""
    return f"{faces}{_colours(looks)}{text}{heads}{logo}"


def logo_address(looks: Looks) -> str:
    """The logo as a data address; an empty text without one."""
    logo = looks.logo
    return f"data:{_MIME[logo.kind]};base64,{b64encode(logo.data).decode()}" if logo else ""


def _colours(looks: Looks) -> str:
    root = f"--ink: {looks.ink}; --quiet: {looks.quiet}; --accent: {looks.accent}; --accent-soft: {looks.soft};"
    root += f" --heat-low: {looks.heats['low']}; --heat-high: {looks.heats['high']};"
    edges = (
        ".particulars, .decision, .figures div {{ border-color: {0}; }}\n"
        "a:focus-visible, summary:focus-visible, .table:focus-visible {{ outline-color: {0}; }}\n"
    )
    return f":root {{ {root} }}\nh1 {{ color: {looks.title}; }}\n{edges.format(looks.graphics)}"


def _stack(font: Font) -> str:
    return f'"{font.family}", {_FALLBACK}'


def _faces(font: Font) -> str:
    """The given files of a family; the fonts that come with Typst are in no file and stay with the PDF."""
    return "".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {face.weight}; '
        f"src: url(data:font/{face.kind};base64,{b64encode(face.data).decode()}); }}\n"
        for face in font.faces
    )
