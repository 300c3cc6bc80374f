"""Who is one and the same on the Internet, as far as an address tells."""

from ipaddress import AddressValueError, IPv6Address, IPv6Network

# What a provider gives to one customer at least (RFC 6177, BCP 157).
IPV6_PREFIX = 64


def source_network(address):
    """Return what limits on strangers count: an IPv4 address, or the network of an IPv6 one.

    Whoever has an IPv6 network can call from 2 ** 64 addresses.

    :param str address: that a request came from; what is no address is returned as it is
    :rtype: str
    """
    try:
        address = IPv6Address(address)
    except AddressValueError:
        return address
    if address.ipv4_mapped:  # how a socket for both kinds writes IPv4
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), IPV6_PREFIX), strict=False))
