"""A caseload from a file: read, screened, parsed, planned, applied (docs/domain.md B1)."""
