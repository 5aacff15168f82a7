"""What is told before a server serves."""

import pytest

from scheduler.service.serving import serve
from scheduler.service.settings import Settings


@pytest.mark.parametrize("auth", [True, False])
@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql+psycopg://me:hidden@127.0.0.1:1/x", "cannot be used: .*127.0.0.1"),
        ("sqlite:////no/such/folder/scheduler.db", "cannot be used: unable to open database file"),
        ("mysql://127.0.0.1/x", "sqlite or postgresql, not mysql"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_of_before_anything_starts(url, told, auth):
    said = []
    with pytest.raises(ValueError, match=told) as refused:
        serve(Settings(database=url, port=0, auth=auth), said.append)
    assert "hidden" not in str(refused.value)
    assert said == []
