"""Work that is done beside other work, by processes of this machine or by a cluster."""

from shekara.tasks.cluster import Cluster
from shekara.tasks.count import worker_count
from shekara.tasks.pool import Here, Processes, Scheduler, Task, local

__all__ = ["Cluster", "Here", "Processes", "Scheduler", "Task", "local", "worker_count"]
