"""``scheduler serve``: what is refused before anything starts."""

import pytest
from click.testing import CliRunner

from scheduler.cli.commands import cli


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--no-auth", "--host", "0.0.0.0"], "listen on 127.0.0.1"),
        (["--base-url", "example.org"], "'example.org' is no address of a service"),
        (["--database", "mysql://localhost/x", "--no-auth"], "sqlite or postgresql, not mysql"),
    ],
)
def test_what_cannot_be_served_is_told_at_once(options, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["serve", "--port", "0", *options])
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output
    assert not list(tmp_path.iterdir())
