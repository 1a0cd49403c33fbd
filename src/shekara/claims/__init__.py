"""Claims: sentences that can be measured, and what the measures say of them."""

from shekara.claims.deciding import check, check_all, check_each, claim_by_id, problems
from shekara.claims.kind import Kind
from shekara.claims.kinds import KINDS
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.result import SourceVerdict, Verdict
from shekara.verdicts import VerdictWord

__all__ = [
    "KINDS",
    "Kind",
    "Measurement",
    "Reason",
    "SourceVerdict",
    "Verdict",
    "VerdictWord",
    "check",
    "check_all",
    "check_each",
    "claim_by_id",
    "problems",
]
