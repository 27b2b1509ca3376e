"""What a crawl may reach: which IP addresses are public, what a resolver lets through, what an answer unpacks to."""

from __future__ import annotations

import gzip
import socket
from typing import Any

import pytest
from scrapy.http import Request, Response
from twisted.internet.error import DNSLookupError

from miner.collect.answers import reason_of_failure, unpacked
from miner.collect.guard import PublicAddresses, PublicResolver, Refused, is_public

PRIVATE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::7f00:1",
    "::ffff:10.0.0.1",
    "2002:0a00:0001::",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("allow", [False, True])
def test_private(address: str, allow: bool) -> None:
    assert not is_public(address, allow)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_this_machine(address: str) -> None:
    assert not is_public(address, False)
    assert is_public(address, True)


@pytest.mark.parametrize("address", ["203.162.0.181", "8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public(address: str) -> None:
    assert is_public(address, False)


@pytest.mark.parametrize("host", ["10.0.0.1", "[::ffff:10.0.0.1]", "[fe80::1]", "[64:ff9b::a00:1]"])
def test_a_private_address_in_a_link_is_refused(host: str) -> None:
    with pytest.raises(Refused) as refused:
        PublicAddresses(allow_loopback=True).process_request(Request(f"http://{host}/bai-10001.html"))
    assert refused.value.reason == "private-address"


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "127.0.0.1"])
def test_a_name_with_a_private_address_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PublicResolver, "refused", {})
    resolver = PublicResolver.__new__(PublicResolver)
    assert resolver._checked("8.8.8.8", "www.changes.example") == "8.8.8.8"
    with pytest.raises(DNSLookupError, match="private address"):
        resolver._checked(address, "www.changes.example")
    reason, words = reason_of_failure(DNSLookupError(), "http://www.changes.example/bai-10001.html")
    assert reason == "private-address"
    assert address in words


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "017700000001", "127.1"])
def test_other_spellings_of_an_address_are_left_to_the_resolver(host: str) -> None:
    PublicAddresses(allow_loopback=False).process_request(Request(f"http://{host}/"))
    assert not is_public(socket.gethostbyname(host), False)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_packed_list_is_unpacked_once_and_within_its_bound(depth: int) -> None:
    body = b"<urlset>" + b" " * 3_000_000
    for _ in range(depth):
        body = gzip.compress(body, mtime=0)
    answer: Any = Response("https://paper.example/sitemap.xml.gz", body=body)
    found = unpacked(answer, 1_000_000)
    assert found is None if depth == 1 else found is not None and found[:2] == b"\x1f\x8b"
