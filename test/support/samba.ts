/** The Python that has Samba's modules: `apt-get install python3-samba` puts them into the system's own. */
import { spawnSync } from 'node:child_process';

export const sambaPython = ['/usr/bin/python3', 'python3'].find(
  (python) => spawnSync(python, ['-c', 'import samba.dcerpc.preg, samba.ndr']).status === 0,
);
