"""Reports: one file that says who the system thinks a user is, why, how that changed, what is recommended, and what would change it."""

from penchant.tools.report.write import write_all, write_report

__all__ = ["write_all", "write_report"]
