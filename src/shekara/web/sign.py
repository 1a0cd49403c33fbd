"""The atlas's logo as the address of a picture: what stands in an <img> runs no script."""

from __future__ import annotations

import base64

from shekara.pictures import Logo


def data_address(logo: Logo) -> str:
    """A logo as a data address."""
    return f"data:{logo.media_type};base64,{base64.b64encode(logo.data).decode('ascii')}"
