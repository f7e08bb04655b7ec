import { existsSync } from 'node:fs';

/** The Python that has pandas: the system's, where Debian's python3-pandas puts it, unless PYTHON names another. */
export const PYTHON = process.env.PYTHON ?? (existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3');
