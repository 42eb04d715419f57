"""Reads the files with botocore's class and counts what it could not find. Words: home, a JSON of the files, how often."""

import json
import os
import sys

from botocore.utils import JSONFileCache

home, files, reads = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
caches = [(JSONFileCache(os.path.dirname(os.path.join(home, file["path"]))), file) for file in files]
failures = 0
for turn in range(reads):
    cache, file = caches[turn % 2]
    try:
        cache[file["key"]]
    except KeyError:
        failures += 1
print(json.dumps({"reads": reads, "failures": failures}))
