import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { makeStateFolder } from './local-stack/private-folder.ts';

/** The file that tells other programs of this checkout how to reach a running stack: environment variables as JSON. */
const fileName = 'dev-environment.json';
/** The process that keeps the stack up. */
const ownerVariable = 'BEATREEL_STACK_OWNER';

/** @returns the variables of a stack that another process of this checkout keeps up, if there is one */
export function findRunningStack(root: string): Record<string, string> | undefined {
  try {
    const env = JSON.parse(readFileSync(pathOf(root), 'utf8')) as Record<string, string>;
    const owner = Number(env[ownerVariable]);
    // Signal 0 only asks whether the process exists; the file of a killed process is ignored.
    process.kill(owner, 0);
    return owner === process.pid ? undefined : env;
  } catch {
    return undefined;
  }
}

/** Writes the file of a running stack. It opens the servers, so only its owner may read it. */
export async function announceStack(root: string, env: Readonly<Record<string, string>>): Promise<void> {
  await makeStateFolder(root);
  const content = JSON.stringify({ ...env, [ownerVariable]: String(process.pid) }, null, 2);
  await writeFile(pathOf(root), `${content}\n`, { mode: 0o600 });
}

/** Removes the file of a stack that has ended. */
export async function withdrawStack(root: string): Promise<void> {
  await rm(pathOf(root), { force: true });
}

function pathOf(root: string): string {
  return join(root, '.beatreel', fileName);
}
