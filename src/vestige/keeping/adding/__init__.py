"""What comes into a record by a keeper's hand: sites of registers, sources, statements, assessments."""

from vestige.keeping.adding._actors import enter_actor
from vestige.keeping.adding._alike import AlikeError
from vestige.keeping.adding._assessed_tables import AssessmentPlan, enter_planned, plan_assessments
from vestige.keeping.adding._assessments import Judged, assessment_body, enter_assessment
from vestige.keeping.adding._sites import enter_assessments, enter_sites, site_finder, without_telling
from vestige.keeping.adding._sources import (
    SourceEntered,
    capture_source,
    enter_reference,
    enter_source,
    source_body,
)
from vestige.keeping.adding._speakers import speakers_checked
from vestige.keeping.adding._statements import Said, enter_statement

__all__ = [
    "AlikeError",
    "AssessmentPlan",
    "Judged",
    "Said",
    "SourceEntered",
    "assessment_body",
    "capture_source",
    "enter_actor",
    "enter_assessment",
    "enter_assessments",
    "enter_planned",
    "enter_reference",
    "enter_sites",
    "enter_source",
    "enter_statement",
    "plan_assessments",
    "site_finder",
    "source_body",
    "speakers_checked",
    "without_telling",
]
