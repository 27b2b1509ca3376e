"""The process of a crawl: Scrapy's reactor starts only once in one; the plan comes as a line of JSON on stdin."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

from scrapy.crawler import CrawlerProcess

from miner import __version__
from miner.collect.archive import CONTACT, Archive
from miner.collect.guard import LIMITS, LOOPBACK, bound_headers
from miner.collect.manners import AGENT
from miner.collect.report import Report
from miner.collect.spider import ArticleSpider

_UNUSABLE, _ORPHANED = 3, 4


def settings(plan: dict[str, Any]) -> dict[str, Any]:
    """Return Scrapy's settings for a plan: polite, bounded, HTTP only."""
    limits = plan["limits"]
    return {
        "USER_AGENT": f"{AGENT}/{__version__} (+{plan['contact'] or CONTACT})",
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": AGENT,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "miner.collect.guard.PublicAddresses": 50,
            "miner.collect.manners.StrictRobots": 100,
            "miner.collect.guard.Budget": 910,
            "miner.collect.guard.AsReceived": 920,
            "miner.collect.manners.Backoff": 930,
        },
        "EXTENSIONS": {"scrapy.extensions.throttle.AutoThrottle": None, "miner.collect.manners.Throttle": 0},
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,application/xml;q=0.9,*/*;q=0.5", "Accept-Encoding": "gzip"},
        "DNS_RESOLVER": "miner.collect.guard.PublicResolver",
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        # A proxy would resolve names out of the guard's sight.
        "HTTPPROXY_ENABLED": False,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",
        "REDIRECT_MAX_TIMES": 5,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": limits["delay"],
        "DOWNLOAD_DELAY": limits["delay"],
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS": 64,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_TIMEOUT": limits["timeout"],
        "DOWNLOAD_MAXSIZE": limits["page_bytes"],
        "DEPTH_LIMIT": 0,
        "LOG_LEVEL": "CRITICAL",
        LOOPBACK: plan["allow_loopback"],
        LIMITS: limits,
    }


def main() -> None:
    """Crawl by the plan on standard input; write the report on standard output."""
    plan = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    report = Report()
    try:
        archive = Archive(Path(plan["archive"]), plan["limits"]["rotate"])
    except BlockingIOError:
        _give_up(f"{plan['archive']}: another crawl is writing there; wait for it or use another folder")
    except OSError as error:
        _give_up(f"{plan['archive']}: cannot be read or written: {error.strerror}; name a folder that can")
    bound_headers()
    process = CrawlerProcess(settings(plan))
    process.crawl(ArticleSpider, plan=plan, archive=archive, report=report)
    process.start()
    archive.close()
    sys.stdout.write(json.dumps(report.to_dict()) + "\n")


def _give_up(words: str) -> NoReturn:
    sys.stdout.write(words)
    sys.exit(_UNUSABLE)


def _end_with_parent() -> None:
    """End at once when the parent does, however it does: two crawls of one archive would ask twice."""
    sys.stdin.read()
    os._exit(_ORPHANED)


if __name__ == "__main__":
    main()
