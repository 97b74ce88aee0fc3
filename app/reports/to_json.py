"""The report as JSON, with its schema."""

from typing import Any

from app.audit.told.report import SCHEMA_VERSION, Report

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def to_json(report: Report) -> str:
    """Write a report as JSON; see `schema`."""
    return report.model_dump_json(indent=2)


def schema() -> dict[str, Any]:
    """Return the JSON schema of a report, with its name and version."""
    named = {"$schema": _DIALECT, "$id": f"five-gap-audit-report-v{SCHEMA_VERSION}", "version": SCHEMA_VERSION}
    return named | Report.model_json_schema(mode="serialization")
