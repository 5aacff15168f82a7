"""Shared by the tests of access: a service that asks for keys, two programmes, and keys of all kinds."""

from dataclasses import dataclass

import pytest
from support.served import API, TINY, YAML, serving, settings_in

from scheduler.service.settings import Limits

SCOPES = ("read", "plan", "admin")


@dataclass(frozen=True)
class House:
    """A service with keys: ``read``, ``plan`` and ``admin`` for all, and the same for one programme."""

    client: object
    programme: str
    other: str
    keys: dict

    def ask(self, method, path, key="admin", **how):
        """Ask as whoever has a key: ``plan`` or ``plan:one``; None: nobody."""
        head = {} if key is None else {"Authorization": f"Bearer {self.keys[key]}"}
        head |= how.pop("headers", {})
        return self.client.request(method, f"{API}{path}", headers=head, **how)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    limits = Limits(body=200_000, files=3, activities=40, queue=2, seconds=30.0)
    settings = settings_in(tmp_path_factory.mktemp("house"), auth=True, jobs=0, limits=limits)
    with serving(settings) as client:
        keys = client.app.state.service.store.keys
        texts = {scope: keys.add(scope, scope)[1] for scope in SCOPES}
        head = {"Authorization": f"Bearer {texts['plan']}", **YAML}
        made = [client.post(f"{API}/programmes", content=TINY, headers=head).json()["id"] for _ in range(2)]
        texts |= {f"{scope}:one": keys.add(scope, scope, made[0])[1] for scope in SCOPES}
        yield House(client, made[0], made[1], texts)
