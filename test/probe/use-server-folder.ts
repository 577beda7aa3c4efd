/** A folder for the servers of a test file: each test ends its own, and the file leaves nothing. */
import { afterAll, afterEach } from 'vitest';
import { ServerFolder } from './server-process';

export function useServerFolder(): ServerFolder {
  const folder = new ServerFolder();
  afterEach(() => folder.end());
  afterAll(() => folder.remove());
  return folder;
}
