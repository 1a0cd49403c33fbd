"""The keys of an atlas's files: tables for readers, schemas for editors."""

from shekara.keys.explaining import (
    TOPICS,
    description,
    descriptions,
    keys_of,
    meaning,
    tables,
    ways,
)
from shekara.keys.schemas import SCHEMAS, write_schemas

__all__ = [
    "SCHEMAS",
    "TOPICS",
    "description",
    "descriptions",
    "keys_of",
    "meaning",
    "tables",
    "ways",
    "write_schemas",
]
