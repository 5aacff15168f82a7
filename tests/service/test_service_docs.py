"""What the page on the service shows of its interface is sent to a real server."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from support.served import INSTANCES
from support.tools import tool

from scheduler.benchmarking.servers import API, Server, until

PAGE = Path(__file__).parents[2] / "docs" / "service.md"
KEY = re.compile(rb"sk_[0-9a-f]+_\S+")


def requests():
    """Return the commands of the page that send something, and the body that it shows for an error."""
    text = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line.startswith("curl ")]


def shown_problem():
    (shown,) = re.findall(r"^```json\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    return json.loads(shown)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    options = ("--niceness", "0", "--jobs", "1")
    with Server(tmp_path_factory.mktemp("shown"), options=options) as running:
        yield running


def sent(server, folder, names, command):
    """Send what a command sends; return what is answered, as JSON where it is."""
    done = subprocess.run(
        ["bash", "-c", f"{command} --silent --show-error --fail-with-body --max-time 120"],
        cwd=folder,
        env={**os.environ, "URL": f"{server.url}{API}", **names},
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return json.loads(done.stdout) if done.stdout.startswith("{") else done.stdout


def test_what_the_page_sends_is_answered(server, tmp_path):
    tool("curl", "SCHEDULER_CURL", "curl ", "curl")
    key = KEY.search(server.log.read_bytes())[0].decode()
    (tmp_path / "key").write_text(f"Authorization: Bearer {key}\n", encoding="utf-8")
    (tmp_path / "instances").symlink_to(INSTANCES)
    names, answers = {}, []
    for command in requests():
        answer = sent(server, tmp_path, names, command)
        answers.append(answer)
        if "counts" in answer and "id" in answer:
            names["PROGRAMME"] = answer["id"]
        elif "attempts" in answer:
            names["JOB"] = answer["id"]
            ask = f"curl -H @key $URL/jobs/{answer['id']}"
            assert until(lambda ask=ask: sent(server, tmp_path, names, ask)["ended"], 150, 0.1)
            names["SCHEDULE"] = sent(server, tmp_path, names, ask)["schedule"] or names["SCHEDULE"]
    assert len(answers) == 9
    assert "event: level" in next(answer for answer in answers if isinstance(answer, str) and answer)
    assert (tmp_path / "agendas.zip").read_bytes().startswith(b"PK")
    assert [answer["valid"] for answer in answers if "violations" in answer] == [True]


def test_the_error_that_the_page_shows_is_the_one_that_comes(client):
    wrong = (
        (INSTANCES / "tiny.yaml").read_bytes().replace(b"parties: [turin, lyon]", b"parties: [turin, lion]")
    )
    answer = client.post(f"{API}/programmes", content=wrong, headers={"Content-Type": "application/yaml"})
    assert answer.json() == shown_problem()


def test_every_path_that_the_page_names_is_there():
    known = (Path(__file__).parent / "operations.txt").read_text(encoding="utf-8")
    for command in requests():
        url = next(part for part in shlex.split(command) if part.startswith("$URL"))
        path = re.sub(
            r"\$(PROGRAMME|JOB|SCHEDULE)", lambda m: f"{{{m[1].lower()}}}", url.removeprefix("$URL")
        )
        path = re.sub(r"exports/\w+", "exports/{format_}", path.partition("?")[0])
        assert re.search(rf"^(GET|POST) {re.escape(path)}$", known, re.M), path
