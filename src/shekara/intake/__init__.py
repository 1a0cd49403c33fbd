"""What others made, taken into an atlas: vector files as layers, numbers of a text as claims."""

from shekara.intake.adding import Added, add
from shekara.intake.coverage import coverage
from shekara.intake.drafting import draft

__all__ = ["Added", "add", "coverage", "draft"]
