"""Drives every method of pyaqueduct 0.1.0 with its default timeout; prints "all fine" or fails."""

import os
import sys
import tempfile
from datetime import datetime, timedelta, timezone

from gql import Client
from gql.transport.httpx import HTTPXTransport
from pyaqueduct import API
from pyaqueduct.exceptions import FileToUploadNotFoundError, PyAqueductError, RemoteOperationError


def fails(kind, call):
    try:
        call()
    except kind:
        return
    raise AssertionError(f"{call} should have failed with {kind}")


def set_title(experiment, value):
    experiment.title = value


url = sys.argv[1]
before = datetime.now(timezone.utc) - timedelta(seconds=1)
api = API(url)
api_with_slash = API(url + "/")

experiment = api.create_experiment("Rabi Größe 🔬", "made by *pyaqueduct*")
assert experiment.eid.startswith(datetime.now(timezone.utc).strftime("%Y%m%d-")), experiment.eid
assert experiment.title == "Rabi Größe 🔬"
assert experiment.description == "made by *pyaqueduct*"
assert before < experiment.created_at < datetime.now(timezone.utc)
assert experiment.updated_at >= experiment.created_at

experiment.title = "Rabi renamed"
experiment.description = "new text"
assert (experiment.title, experiment.description) == ("Rabi renamed", "new text")
assert experiment.updated_at > experiment.created_at
fails(RemoteOperationError, lambda: set_title(experiment, "x" * 257))

experiment.add_tags(["Qubit-7", "rabi"])
assert experiment.tags == ["Qubit-7", "rabi"], experiment.tags
experiment.remove_tag("QUBIT-7")
assert experiment.tags == ["rabi"]
fails(RemoteOperationError, lambda: experiment.remove_tag("absent"))
fails(RemoteOperationError, lambda: experiment.add_tags(["not good"]))

by_eid = api_with_slash.get_experiment_by_eid(experiment.eid)
by_uuid = api.get_experiment_by_uuid(experiment.uuid)
assert by_eid.uuid == by_uuid.uuid == experiment.uuid
fails(RemoteOperationError, lambda: api.get_experiment_by_eid("19990101-1"))

others = [api.create_experiment(f"series {number}", "") for number in range(12)]
assert [found.eid for found in api.find_experiments()] == [made.eid for made in reversed(others)][:10]
assert [found.eid for found in api.find_experiments(search="SERIES 3")] == [others[3].eid]
assert [found.eid for found in api.find_experiments(search=others[5].eid)][-1] == others[5].eid
assert [found.eid for found in api.find_experiments(limit=2, offset=1)] == [others[10].eid, others[9].eid]
assert [found.eid for found in api.find_experiments(tags=["RABI"])] == [experiment.eid]
exact = api.find_experiments(start_datetime=others[2].created_at, end_datetime=others[2].created_at)
assert [found.eid for found in exact] == [others[2].eid]
assert api.find_experiments(end_datetime=before) == []

with tempfile.TemporaryDirectory() as folder:
    source = os.path.join(folder, "data.csv")
    for content in (b"t,p\n0,1\n", os.urandom(3_000_000)):
        with open(source, "wb") as file:
            file.write(content)
        experiment.upload_file(source)
        target = os.path.join(folder, "back")
        os.makedirs(target, exist_ok=True)
        experiment.download_file("data.csv", target)
        with open(os.path.join(target, "data.csv"), "rb") as file:
            assert file.read() == content
    [(name, modified_at)] = experiment.files
    assert name == "data.csv" and modified_at > experiment.created_at
    # This version of the client does not look at the status: it saves the server's answer, and needs its length.
    experiment.download_file("nothing.txt", folder)
    with open(os.path.join(folder, "nothing.txt"), "rb") as file:
        assert file.read() == b'{"detail":"The requested file is not found."}'
    fails((FileToUploadNotFoundError, FileNotFoundError), lambda: experiment.upload_file(os.path.join(folder, "absent.txt")))

assert [extension.name for extension in api.get_extensions()] == ["Echo", "Fit in Python", "Fit in TypeScript"]
api.remove_experiment_by_eid(others[0].eid)
fails(PyAqueductError, lambda: others[0].title)

# The library below it can build the schema, as those do who check their own queries with it.
with Client(transport=HTTPXTransport(url=url + "/api/graphql"), fetch_schema_from_transport=True) as session:
    assert session.client.schema.get_type("ExperimentData") is not None
print("all fine")
