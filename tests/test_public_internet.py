"""Which addresses belong to the public internet, by literal vectors: the answer may not hang on the Python's patch level."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vestige.public_internet import is_public

PUBLIC = [
    "1.0.0.0", "8.8.8.8", "93.184.216.34", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "168.63.129.15", "168.63.129.17", "192.0.1.0",
    "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1", "2a00:1450:4001::1", "2001:4860:4860::8888", "2620:4f:8000::1",
    "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:100::", "2002:808:808::1", "2001:0:4136:e378:8000:63bf:f7f7:f7f7",
]  # fmt: skip
NOT_PUBLIC = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.1", "192.0.0.9", "192.0.0.170", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::808:808", "::ffff:0:808:808", "64:ff9b:1::808:808", "100::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:168.63.129.16", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1", "2002:a83f:8110::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:0:4136:e378:8000:63bf:5601:5601",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_private_or_serves_no_one_else(address):
    assert not is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "1.2.3", "::g", "1.2.3.4.5", "\u0661.2.3.4"])
def test_what_is_no_address(text):
    with pytest.raises(ValueError):
        is_public(text)


def test_other_pythons_of_this_machine_answer_alike():
    """Debian's python3 and ours differ in `ipaddress`; the table is read without what it imports."""
    other = shutil.which("python3", path="/usr/bin") or sys.executable
    source = Path(__file__).parents[1] / "src/vestige/public_internet.py"
    code = (
        "import sys, types\n"
        "for name in ('urllib3', 'urllib3.connection', 'urllib3.connectionpool', 'urllib3.exceptions'):\n"
        "    sys.modules[name] = types.ModuleType(name)\n"
        "sys.modules['urllib3'].PoolManager = object\n"
        "for name in ('HTTPConnection', 'HTTPSConnection'): setattr(sys.modules['urllib3.connection'], name, object)\n"
        "for name in ('HTTPConnectionPool', 'HTTPSConnectionPool'): setattr(sys.modules['urllib3.connectionpool'], name, object)\n"
        "sys.modules['urllib3.exceptions'].NameResolutionError = Exception\n"
        "for name in ('vestige', 'vestige.deadlines'): sys.modules[name] = types.ModuleType(name)\n"
        "sys.modules['vestige.deadlines'].after = sys.modules['vestige.deadlines'].forget = None\n"
        "space = {'__name__': 'public_internet'}\n"
        "exec(compile(open(sys.argv[1]).read(), sys.argv[1], 'exec'), space)\n"
        "print(*(space['is_public'](a) for a in sys.argv[2:]))\n"
    )
    said = subprocess.run(
        [other, "-I", "-c", code, str(source), *PUBLIC, *NOT_PUBLIC], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["True"] * len(PUBLIC) + ["False"] * len(NOT_PUBLIC)
