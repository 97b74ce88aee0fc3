"""Whose report it is: name, logo, colours, contact and closing words, out of one file. Everything in it is data; nothing is ever run."""

import base64
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, ConfigDict, Field, ValidationError

from app.audit.model import Value
from app.errors import BrandError

LARGEST_LOGO = 1_000_000
"""Bytes."""
READABLE = 4.5
"""The least contrast of text with its paper (WCAG 2.2, level AA)."""
WHITE, DARK = "#ffffff", "#101817"
"""The page by day and by night."""
_KINDS = {b"\x89PNG": "image/png", b"<svg": "image/svg+xml", b"<?xml": "image/svg+xml"}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two #rrggbb colours, 1 to 21 (WCAG 2.2: relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable_on(paper: str, when: str) -> AfterValidator:
    def check(colour: str) -> str:
        if (has := contrast(colour, paper)) < READABLE:
            raise ValueError(f"{colour} is too faint {when}: its contrast is {has:.1f}, and {READABLE} is needed")
        return colour

    return AfterValidator(check)


_Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
_Short = Annotated[str, Field(max_length=120)]


class Contact(Value):
    """Whom to turn to."""

    name: _Short = ""
    email: Annotated[str, Field(max_length=120, pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$")] = ""
    web: Annotated[str, Field(max_length=200, pattern=r"^(https://[^\s<>\"']+)?$")] = ""


class Brand(Value):
    """A consultancy's face."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")

    name: _Short = "Five-gap audit"
    accent: Annotated[_Colour, _readable_on(WHITE, "on white")] = "#0f766e"
    accent_dark: Annotated[_Colour, _readable_on(DARK, "on the dark page")] = "#2dd4bf"
    contact: Contact = Contact()
    closing: Annotated[str, Field(max_length=1200)] = ""
    """Closing words, plain text."""
    logo: bytes | None = None
    logo_kind: str = ""
    """The logo's media type."""

    @property
    def logo_uri(self) -> str:
        """The logo as an address that holds it whole; empty without one."""
        return f"data:{self.logo_kind};base64,{base64.b64encode(self.logo).decode()}" if self.logo else ""

    @property
    def contact_lines(self) -> list[str]:
        """The contact, a line each."""
        return [line for line in (self.contact.name, self.contact.email, self.contact.web) if line]


DEFAULT = Brand()


def load_brand(path: Path) -> Brand:
    """Read a brand's YAML file; its logo is a PNG or SVG beside it.

    Raises:
        BrandError: the file, a field or the logo is bad.
    """
    try:
        read: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(read, dict):
            raise BrandError(f"{path}: expected fields with values")
        logo = read.pop("logo", None)
        fields = read | (_logo(path.parent / str(logo), path) if logo else {})
        return Brand.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BrandError(f"{path}: {field}: {first['msg'].removeprefix('Value error, ')}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BrandError(f"{path}: {getattr(error, 'strerror', None) or 'is not UTF-8 text'}") from error
    except yaml.YAMLError as error:
        raise BrandError(f"{path}: {str(error).splitlines()[0]}") from error


def _logo(path: Path, brand: Path) -> dict[str, Any]:
    if path.resolve().parent != brand.resolve().parent:
        raise BrandError(f"{brand}: logo: it has to lie beside this file")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BrandError(f"{brand}: logo: {error.strerror}") from error
    kind = next((kind for start, kind in _KINDS.items() if content.lstrip().startswith(start)), None)
    if kind is None or len(content) > LARGEST_LOGO:
        raise BrandError(f"{brand}: logo: expected a PNG or SVG of at most {LARGEST_LOGO:,} bytes")
    if kind == "image/svg+xml" and (b"<script" in content.lower() or b"<foreignobject" in content.lower()):
        raise BrandError(f"{brand}: logo: an SVG with a script in it is not taken")
    return {"logo": content, "logo_kind": kind}
