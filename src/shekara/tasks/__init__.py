"""Work that is done beside other work: how many processes there are."""

from shekara.tasks.count import worker_count

__all__ = ["worker_count"]
