import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { makeStateFolder } from './local-stack/private-folder.ts';

/** Tells other programs of this checkout how to reach a stack that is up: a flat object of environment variables. */
const fileName = 'dev-environment.json';
/** The process that keeps the stack up. */
const ownerVariable = 'BEATREEL_STACK_OWNER';

/** @returns the variables of a stack that another process of this checkout keeps up, if there is one */
export function findRunningStack(root: string): Record<string, string> | undefined {
  try {
    const env = JSON.parse(readFileSync(pathOf(root), 'utf8')) as Record<string, string>;
    const owner = Number(env[ownerVariable]);
    // Signal 0 only asks whether the process is there; a file left by a killed one counts for nothing.
    process.kill(owner, 0);
    return owner === process.pid ? undefined : env;
  } catch {
    return undefined;
  }
}

/** Says that a stack is up. The file opens the servers, so only its owner may read it. */
export async function announceStack(root: string, env: Readonly<Record<string, string>>): Promise<void> {
  await makeStateFolder(root);
  const content = JSON.stringify({ ...env, [ownerVariable]: String(process.pid) }, null, 2);
  await writeFile(pathOf(root), `${content}\n`, { mode: 0o600 });
}

/** Says that it is no more. */
export async function withdrawStack(root: string): Promise<void> {
  await rm(pathOf(root), { force: true });
}

function pathOf(root: string): string {
  return join(root, '.beatreel', fileName);
}
