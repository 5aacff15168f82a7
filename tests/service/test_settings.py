"""What cannot be set is told in words."""

import pytest

from scheduler.service.settings import Settings, is_loopback


@pytest.mark.parametrize(
    "address", ["https://meetings.example.org", "http://127.0.0.1:8000", "https://example.org/deep/er", ""]
)
def test_addresses_of_services(address):
    assert Settings(base_url=address).base_url == address


@pytest.mark.parametrize(
    "address", ["meetings.example.org", "ftp://example.org", "https://", "https://a b", "https://a/?q", "x"]
)
def test_what_is_no_address_of_a_service_is_told(address):
    with pytest.raises(ValueError, match="is no address of a service"):
        Settings(base_url=address)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org", ""])
def test_without_keys_nobody_else_is_served(host):
    assert not is_loopback(host)
    with pytest.raises(ValueError, match="without keys"):
        Settings(host=host, auth=False)
    assert Settings(host=host).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_without_keys_this_machine_is_served(host):
    assert Settings(host=host, auth=False).host == host


def test_a_lease_lasts_for_two_signs_of_life():
    with pytest.raises(ValueError, match="two heartbeats"):
        Settings(lease=3, heartbeat=2)
