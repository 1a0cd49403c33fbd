"""Work that is done beside other work, by processes of this machine."""

from shekara.tasks.count import worker_count
from shekara.tasks.pool import Processes, Scheduler, Task

__all__ = ["Processes", "Scheduler", "Task", "worker_count"]
