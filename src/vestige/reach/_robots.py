"""Robots by name: isbot's patterns and COUNTER's lists, data with licences of their own, compiled without regard to case."""

import functools
import hashlib
import importlib.resources
import re
from typing import NamedTuple

from vestige.entries.acts import RobotList

_LISTS = (
    ("isbot.txt", "isbot by is-bot", "0.3.7"),
    ("counter-robot.txt", "COUNTER robots", "2025.11"),
    ("counter-machine.txt", "COUNTER machines", "2025.11"),
)
_KINDS = (
    ("ai", r"gptbot|chatgpt|oai-search|claude|anthropic|perplexity|bytespider|ccbot|cohere|meta-external|amazonbot|google-extended|diffbot|ai2bot"),
    ("search", r"googlebot|bingbot|yandex|baidu|duckduck|applebot|sogou|seznam|slurp|petalbot|naver|qwant|mojeek|google"),
    ("feed", r"feed|rss|atom|newsblur|inoreader|feedly|miniflux"),
    ("tool", r"curl|wget|python|java|go-http|okhttp|libwww|httpclient|postman|scrapy|headless|phantom|selenium|axios|node|ruby|perl|php"),
)  # fmt: skip


def _data(name: str) -> bytes:
    return importlib.resources.files("vestige.reach").joinpath("data", name).read_bytes()


def lists_used() -> tuple[RobotList, ...]:
    """Give name, version and SHA-256 of each list."""
    return tuple(
        RobotList(name=name, version=version, hash=hashlib.sha256(_data(file)).hexdigest())
        for file, name, version in _LISTS
    )


class _Names(NamedTuple):
    """The patterns, sorted by how they are asked: plain texts, those that begin at the beginning, all others."""

    texts: tuple[str, ...]
    beginnings: re.Pattern[str]
    others: re.Pattern[str]

    def name(self, agent: str) -> bool:
        """Whether any of them names an agent."""
        folded = agent.casefold()
        return (
            any(text in folded for text in self.texts)
            or self.beginnings.match(agent) is not None
            or self.others.search(agent) is not None
        )


@functools.cache
def _names() -> _Names:
    """Most patterns are plain texts, which Python finds a hundred times faster than one expression of them all."""
    patterns = {line for file, _, _ in _LISTS for line in _data(file).decode("utf-8").splitlines()}
    plain = {pattern for pattern in patterns if re.fullmatch(r"(?:[\w \-/@:;,!']|\\[^\w])+", pattern)}
    texts = {re.sub(r"\\(.)", r"\1", pattern).casefold() for pattern in plain}
    least = {text for text in texts if not any(other != text and other in text for other in texts)}
    beginnings = sorted(pattern for pattern in patterns - plain if pattern.startswith("^") and "|" not in pattern)
    others = sorted(patterns - plain - set(beginnings))
    return _Names(tuple(sorted(least)), _any_of(beginnings), _any_of(others))


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@functools.cache
def _kinds() -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS]


def machine_of(agent: str) -> str | None:
    """Give the kind of machine that an agent names itself as (search, ai, feed, tool, other), or None where it names a browser.

    One that gives no name at all is a machine.
    """
    if agent.strip() not in {"", "-"} and not _names().name(agent):
        return None
    return next((kind for kind, pattern in _kinds() if pattern.search(agent)), "other")
