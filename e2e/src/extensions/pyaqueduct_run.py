"""Runs an action with the real pyaqueduct 0.1.0 and its default timeout of 0.5 s; prints its result as JSON.

Arguments: the server's address, names of extension and action, the parameters as JSON.
"""

import json
import sys

from pyaqueduct import API

url, extension_name, action_name, parameters = sys.argv[1:]
[extension] = [each for each in API(url).get_extensions() if each.name == extension_name]
[action] = [each for each in extension.actions if each.name == action_name]
result = action.execute(json.loads(parameters))
print(json.dumps({"returnCode": result.returnCode, "stdout": result.stdout, "stderr": result.stderr}))
