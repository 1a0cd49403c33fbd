"""Work that is done beside other work, by processes of this machine."""

from shekara.tasks.count import worker_count
from shekara.tasks.pool import Here, Processes, Scheduler, Task, local

__all__ = ["Here", "Processes", "Scheduler", "Task", "local", "worker_count"]
