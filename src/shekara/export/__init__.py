"""Out of the atlas: its layers as files of other programs, styled where these know styles."""

from shekara.export.writing import FORMATS, Format, export

__all__ = ["FORMATS", "Format", "export"]
