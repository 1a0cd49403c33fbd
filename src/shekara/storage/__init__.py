"""Files and folders written whole or not at all, and cells that no spreadsheet runs."""

from shekara.storage.cells import spreadsheet_cell
from shekara.storage.files import new_file, write_file
from shekara.storage.folders import replace_folder

__all__ = ["new_file", "replace_folder", "spreadsheet_cell", "write_file"]
