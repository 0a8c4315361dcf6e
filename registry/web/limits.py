"""Where a request comes from, as far as the installation can know it. Counting attempts is the rooms' business."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

# One household or office usually holds a whole /64: a guesser has all its addresses.
_IPV6_NETWORK_BITS = 64


def install(app: Flask, proxies: int) -> None:
    """Believe exactly `proxies` entries of X-Forwarded-For; with 0 the header is ignored whatever it says."""
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0, x_port=0, x_prefix=0)


def client_network() -> str:
    """The network of this request: an IPv4 address, or the /64 around an IPv6 one."""
    return network_of(request.remote_addr)


def network_of(address: str | None) -> str:
    """The network of an address as text; an address that is none is a network of its own."""
    try:
        parsed = ip_address((address or "").split("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, _IPV6_NETWORK_BITS), strict=False))
    return str(parsed)
