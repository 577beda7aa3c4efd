"""Reads Registry.pol files with Samba's parser and prints what it finds, as JSON; with "time", how long a read takes."""

import json
import sys
import time

from samba.dcerpc import preg
from samba.ndr import ndr_unpack


def read(data):
    file = ndr_unpack(preg.file, data)
    return [[one.keyname, one.valuename, one.type, one.size, one.data] for one in file.entries]


def main():
    if sys.argv[1] == "time":
        data = open(sys.argv[2], "rb").read()
        rounds = int(sys.argv[3])
        start = time.perf_counter()
        for _ in range(rounds):
            read(data)
        print((time.perf_counter() - start) / rounds * 1e6)
        return
    found = []
    for name in sys.argv[1:]:
        data = open(name, "rb").read()
        plain = [entry[:4] + [entry[4] if isinstance(entry[4], (str, int)) else None] for entry in read(data)]
        found.append(plain)
    print(json.dumps(found))


main()
