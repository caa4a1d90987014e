import { readdir, readFile, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';

import type { ObjectStore } from '../../storage/object-store.ts';

/** Marks every process that a test run starts, however far removed: environments are inherited. */
export const runVariable = 'BEATREEL_TEST_RUN';

/**
 * Finds living processes of a test run, except this one and its own servers. Only a living process can listen.
 *
 * @param knownIds processes that may be alive
 */
export async function findProcesses(runId: string, knownIds: readonly number[]): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    ids
      .filter((id) => id !== process.pid && !knownIds.includes(id))
      .map(async (id) => ((await belongsTo(id, runId)) ? describeProcess(id) : undefined)),
  );
  return found.filter((line) => line !== undefined);
}

/** Files and folders of ours in the folder for temporary files. */
export async function findTemporaryFiles(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('beatreel-'));
}

/** Open multipart uploads. */
export async function findOpenUploads(store: ObjectStore): Promise<string[]> {
  return (await store.listOpenUploads('')).map(({ key }) => key);
}

async function belongsTo(id: number, runId: string): Promise<boolean> {
  const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
  if (environment.split('\0').includes(`${runVariable}=${runId}`)) return true;
  // Servers do not inherit the environment, but they work in a folder of the run.
  const folder = await readlink(`/proc/${id}/cwd`).catch(() => '');
  return folder.startsWith(`${tmpdir()}/`) && tmpdir().includes('beatreel-run-');
}

async function describeProcess(id: number): Promise<string | undefined> {
  const command = (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => ''))
    .replaceAll('\0', ' ')
    .trim();
  // A zombie has no command line and holds no resources.
  return command === '' ? undefined : `${id}: ${command}`;
}
