"""Runs actions with the real pyaqueduct 0.1.0 and its default timeout of 0.5 s.

Arguments: the server's address, how often to run what ends at once, how often what takes 5 s.
"""

import sys

from pyaqueduct import API

url, short, long = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
api = API(url)
experiment = api.create_experiment("runs", "")
other = api.create_experiment("other", "")

[extension] = api.get_extensions()
assert extension.name == "Wire types"
actions = {action.name: action for action in extension.actions}
assert actions["report"].experiment_variable_name == "target"
assert [parameter.name for parameter in actions["wait"].parameters] == ["seconds", "target"]

for _ in range(short):
    done = actions["silent"].execute({"target": experiment.eid})
    assert (done.returnCode, done.stdout, done.stderr) == (0, "", "")
    assert done.logExperiment == experiment.eid

for _ in range(long):
    done = actions["wait"].execute({"target": experiment.eid, "seconds": "5"})
    assert (done.returnCode, done.stdout) == (0, "begin\nend\n")

failed = actions["fail"].execute({"target": experiment.eid, "message": "no light"})
assert (failed.returnCode, failed.stdout) == (13, "half done: no light\n")
assert failed.stderr == "could not finish: no light\n"

names = [name for name, _ in experiment.files]
assert failed.logFile in names
assert len(names) == len(set(names)) == short + long + 1
assert other.files == []
print("all fine")
