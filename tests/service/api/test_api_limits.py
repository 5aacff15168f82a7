"""What one request, one job and one key may take."""

import pytest
from support.served import INSTANCES, TINY, YAML

LARGE = (INSTANCES / "asia-innova-2017.yaml").read_bytes()


def is_problem(answer, status, words):
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), told
    assert told["status"] == status
    assert words in told["detail"]
    return True


def chunks(size):
    for _ in range(size // 10_000):
        yield b"#" * 9_999 + b"\n"


def test_a_body_has_so_many_bytes_whether_it_says_so_or_not(house):
    answer = house.ask("POST", "/programmes", content=b"#" * 300_000, headers=YAML)
    assert is_problem(answer, 413, "200000 bytes")
    assert is_problem(
        house.ask("POST", "/programmes", content=chunks(300_000), headers=YAML), 413, "200000 bytes"
    )
    assert house.ask("POST", "/programmes/validate", content=TINY, headers=YAML).status_code == 200


@pytest.mark.parametrize("length", ["-1", "1e9", "x", "9" * 40])
def test_a_length_that_is_none_is_refused(house, length):
    answer = house.ask("POST", "/programmes", content=b"x", headers={**YAML, "Content-Length": length})
    assert answer.status_code == 413


def test_an_upload_has_so_many_files(house):
    files = [("programme", ("p.yaml", TINY)), *(("files", (f"{n}.csv", b"x")) for n in range(3))]
    answer = house.ask("POST", "/programmes", files=files)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_programme_has_so_many_activities(house):
    assert is_problem(house.ask("POST", "/programmes", content=LARGE, headers=YAML), 422, "at most 40")


def test_a_job_takes_so_long(house):
    path = f"/programmes/{house.programme}/solves"
    assert is_problem(house.ask("POST", path, json={"time_limit": 31}), 422, "30 seconds at the most")


def test_a_key_has_so_many_jobs_that_wait_or_run(house):
    path = f"/programmes/{house.programme}/solves"
    made = [house.ask("POST", path, "plan:one", json={"time_limit": 30}) for _ in range(2)]
    assert [answer.status_code for answer in made] == [202, 202]
    refused = house.ask("POST", path, "plan:one", json={}, headers={"Idempotency-Key": "one-more"})
    assert is_problem(refused, 429, "2 jobs that wait or run")
    assert int(refused.headers["retry-after"]) > 0
    other = house.ask("POST", path, "admin:one", json={})
    assert other.status_code == 202, "those of others do not count"
    assert house.ask("DELETE", f"/jobs/{made[0].json()['id']}", "plan:one").json()["state"] == "cancelled"
    again = house.ask("POST", path, "plan:one", json={}, headers={"Idempotency-Key": "one-more"})
    assert again.status_code == 202
    assert again.json()["request"]["time_limit"] == 30.0, "the usual time, as long as that is allowed"
