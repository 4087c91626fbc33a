"""Settings of every crawl: polite to the portals, closed to the outside, nothing asked twice without need."""

import os

from crawler.stages import ITEM_PIPELINES as ITEM_PIPELINES

BOT_NAME = "gongkai"
SPIDER_MODULES = ["crawler.spiders"]
SPIDER_LOADER_CLASS = "crawler.loader.PortalLoader"
COMMANDS_MODULE = "crawler.commands"
ADDONS = {"crawler.politeness.Introduction": 100}
EXTENSIONS = {"crawler.politeness.SlowDown": 0}
LOG_FORMATTER = "crawler.log.OneLine"
LOG_LEVEL = "INFO"

# Whom a portal's keeper may write to; it stands in the user agent. An address of yours: GONGKAI_CONTACT=you@example.org
GONGKAI_CONTACT = os.environ.get("GONGKAI_CONTACT", "")
# The database of the reports, as SQLAlchemy writes it.
GONGKAI_STORE = "sqlite:///data/reports.sqlite"
# Folder of the WARC files, every answer as it came; empty: none are kept.
GONGKAI_ARCHIVE = "data/archive"

# Polite: one request a second for each host, one at a time; robots.txt and its Crawl-delay are obeyed (politeness.py).
ROBOTSTXT_OBEY = True
ROBOTSTXT_PARSER = "crawler.politeness.Robots"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0
# Scrapy's cookies ask the internet for a list of public suffixes at the first page; no portal that we know needs one.
COOKIES_ENABLED = False
# Broken certificate chains are common on county portals; what was fetched is kept with its host as evidence.
DOWNLOAD_VERIFY_CERTIFICATES = False
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
# An address too long for its server is the server's to refuse: Scrapy would drop it without a word.
URLLENGTH_LIMIT = 0
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 5
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"

# An error page is an answer, too: it ends as a state of the record.
HTTPERROR_ALLOW_ALL = True

# What was fetched is asked for again with its validators, and comes back as 304 when it has not changed. Without max-age=0
# a page would count as fresh for a tenth of its age and a correction would be missed. The setting replaces Scrapy's, so
# Accept stands here again.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Cache-Control": "max-age=0",
}
HTTPCACHE_ENABLED = True
HTTPCACHE_DIR = os.path.abspath("data/httpcache")
HTTPCACHE_POLICY = "crawler.cache.Revalidate"
HTTPCACHE_STORAGE = "crawler.cache.Storage"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.cache.Unpack": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.redirects.Redirect": 600,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.redirects.MetaRefresh": 580,
    # Between Unpack (590) and MetaRefresh (580), before Retry (550). An answer is in the archive before it is in the
    # cache, or a crawl killed in between would hear 304 for ever and never archive it.
    "crawler.archiving.Archive": 585,
    "crawler.cache.Cache": 584,
}

# Both would let others on this machine into the crawl.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

FEED_EXPORT_ENCODING = "utf-8"
