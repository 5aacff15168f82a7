"""The files for a deployment agree with each other and with the program: nothing here can run them."""

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
import yaml
from support.stores import programme_in

from scheduler.cli.commands import cli
from scheduler.service.app import create_app
from scheduler.service.feeds.answers import PATH as FEED
from scheduler.service.pages.agenda import PATH as AGENDA
from scheduler.service.settings import Limits, Settings
from scheduler.service.store import open_store

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
PAGE = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
SERVED = [name for name in SERVICES if name.startswith("service-")]
CADDY = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
RAY_TOKEN = "${RAY_TOKEN:?is not set in .env}"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
READ_ELSEWHERE = {"FORWARDED_ALLOW_IPS", "RAY_AUTH_MODE", "RAY_AUTH_TOKEN"}
"""What uvicorn and Ray read from the environment."""


def command_of(service):
    """Return what a service runs, as one text."""
    command = SERVICES[service]["command"]
    return "\n".join(command) if isinstance(command, list) else command


def parsed(line):
    """Return the options of a command of the program, as it takes them itself."""
    command, context, (_, *given) = cli, None, shlex.split(line)
    while isinstance(command, click.Group):
        name, command, given = command.resolve_command(click.Context(command, parent=context), given)
        context = command.make_context(name, list(given))
    return context.params


def commands_in(text):
    """Return the commands of the program that a text runs; others name it as a user and a database."""
    return re.findall(r"(?<!--username )(?<!--dbname )\b(scheduler [a-z].*)$", text, re.M)


def commands_of_page():
    """Return the commands of the program that the blocks of the page run."""
    blocks = re.findall(r"^```(?:sh|ini)\n(.*?)^```$", PAGE, re.M | re.S)
    return [command for block in blocks for command in commands_in(block)]


def test_there_are_two_services_behind_one_proxy_a_database_and_a_cluster():
    assert set(SERVICES) == {"proxy", "service-1", "service-2", "postgres", "ray-head", "ray-worker"}
    assert SERVICES["service-1"] == SERVICES["service-2"]
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_what_is_named_is_there():
    for service in SERVICES.values():
        waits = service.get("depends_on", {})
        assert set(waits) <= set(SERVICES)
        for name in waits if isinstance(waits, dict) else ():
            assert "healthcheck" in SERVICES[name]
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            there = (DEPLOY / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]
            assert there, volume
        if "build" in service:
            context = DEPLOY / service["build"]["context"]
            assert context.resolve() == ROOT
            assert (context / service["build"]["dockerfile"]).exists()


def test_the_program_takes_the_options_that_it_is_given():
    (line,) = commands_in(command_of("service-1"))
    given = parsed(line)
    assert (given["host"], given["no_auth"], given["engine"]) == ("0.0.0.0", False, "ray")
    (line,) = re.findall(r"^CMD \[(.*)\]$", DOCKERFILE, re.M)
    assert parsed(" ".join(re.findall(r'"(.*?)"', line)))["port"] == given["port"]
    assert commands_of_page()
    for line in commands_of_page():
        parsed(line)


def test_variables_are_read_by_somebody():
    read = READ_ELSEWHERE | {
        option.envvar for option in cli.get_command(None, "serve").params if option.envvar is not None
    }
    assert set(SERVICES["service-1"]["environment"]) <= read
    named = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    made = set(re.findall(r"^# *([A-Z_]+)=", (DEPLOY / "compose.yaml").read_text(encoding="utf-8"), re.M))
    assert named == made
    assert all(f"{name}=%s" in PAGE for name in made)
    assert set(re.findall(r"\{\$(\w+)", CADDY)) == set(SERVICES["proxy"]["environment"])


def test_ports_and_names_agree():
    port = parsed(commands_in(command_of("service-1"))[0])["port"]
    (upstreams,) = re.findall(r"reverse_proxy (.*) \{", CADDY)
    assert upstreams.split() == [f"{name}:{port}" for name in SERVED]
    assert f"EXPOSE {port}\n" in DOCKERFILE
    assert f"127.0.0.1:{port}/" in SERVICES["service-1"]["healthcheck"]["test"][-1]
    database = SERVICES["service-1"]["environment"]["SCHEDULER_DATABASE"]
    own = SERVICES["postgres"]["environment"]
    password = own["POSTGRES_PASSWORD"]
    expected = f"{own['POSTGRES_USER']}:{password}@postgres/{own['POSTGRES_DB']}"
    assert database == f"postgresql+psycopg://{expected}"
    (joined,) = set(re.findall(r"--(?:ray-)?address[\s\"']+(ray-head:\d+)", command_of("service-1")))
    head = command_of("ray-head").split()
    assert joined == f"ray-head:{head[head.index('--port') + 1]}"
    assert joined in command_of("ray-worker").split()


def test_the_proxy_asks_what_the_service_answers(tmp_path):
    app = create_app(Settings(database=f"sqlite:///{tmp_path}/s.db"))
    paths = {getattr(route, "path", "") for route in app.routes} | set(app.openapi()["paths"])
    (asked,) = re.findall(r"health_uri (\S+)", CADDY)
    assert asked in paths
    assert asked in SERVICES["service-1"]["healthcheck"]["test"][-1]
    (size,) = re.findall(r"max_size (\d+)MiB", CADDY)
    assert int(size) * 2**20 == Limits().body
    assert f"client_max_body_size {size}m" in PAGE
    for path in (FEED, AGENDA):
        assert f"`/{path.split('/')[1]}/...`" in PAGE


def test_the_image_has_what_the_command_needs():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = re.findall(r"'\.\[(.*)\]'", DOCKERFILE)
    assert set(wanted.split(",")) == {"service", "postgresql", "ray"}
    assert set(wanted.split(",")) <= set(extras["optional-dependencies"])
    for line in re.findall(r"^COPY (?!--)(.*) \S+$", DOCKERFILE, re.M):
        for source in line.split():
            assert (ROOT / source).exists(), source
            assert f"!{source}\n" in (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")


def test_each_node_of_the_cluster_is_started_with_options_that_ray_knows():
    scripts = pytest.importorskip("ray.scripts.scripts")
    known = {option for each in scripts.start.params for option in each.opts}
    for service in ("service-1", "ray-head", "ray-worker"):
        text = command_of(service).replace("\n", " ")
        (line,) = re.findall(r"ray start(.*?)(?: exec|$)", text)
        assert set(re.findall(r"--[a-z-]+", line)) <= known
        told = SERVICES[service]["environment"]
        assert (told["RAY_AUTH_MODE"], told["RAY_AUTH_TOKEN"]) == ("token", RAY_TOKEN)
    asked = SERVICES["ray-head"]["healthcheck"]["test"]
    assert asked[1] == "ray"
    assert scripts.cli.get_command(None, asked[2]) is not None


def test_a_copy_is_put_back_as_the_page_says(postgres):
    with postgres.database() as url, postgres.database() as other:
        store = open_store(url)
        programme = programme_in(store)
        _, key = store.keys.add("mine", "read")
        secret = store.secrets.feed_key()
        store.close()
        assert "pg_dump --username scheduler --format custom scheduler >" in PAGE
        assert "pg_restore --username scheduler --dbname scheduler --exit-on-error <" in PAGE
        copy = postgres.program("pg_dump", url, "--format", "custom")
        postgres.program("pg_restore", other, "--exit-on-error", given=copy)
        again = open_store(other)
        assert again.programmes.get(programme).id == programme
        assert again.keys.find(key).name == "mine"
        assert again.secrets.feed_key() == secret
        again.close()
