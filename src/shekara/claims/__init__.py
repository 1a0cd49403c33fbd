"""Claims: sentences that can be measured, and what the measures say of them."""

from shekara.claims.judgement import check, check_all, claim_by_id, problems
from shekara.claims.kinds import KINDS, Kind
from shekara.claims.verdict import Measurement, Reason, SourceVerdict, Verdict
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
    "claim_by_id",
    "problems",
]
