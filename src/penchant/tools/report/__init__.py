"""Reports: one file that shows what the system believes a user likes, why, how it changed, what it recommends, and how
to correct it.
"""

from penchant.tools.report.write import write_all, write_report

__all__ = ["write_all", "write_report"]
