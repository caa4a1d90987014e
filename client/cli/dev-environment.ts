import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { findPackageRoot } from '../find-package-root.ts';

/** Any of these says which servers are meant; a local stack is then nobody's business. */
const chosen = /^(TEMPORAL_(ADDRESS|PROFILE|CONFIG_FILE|API_KEY|TLS|TLS_.+)|S3_ENDPOINT|S3_BUCKET)$/;
/** The process that keeps the stack up, as `npm run dev` writes it. */
const ownerVariable = 'BEATREEL_STACK_OWNER';

/**
 * Makes a stack that `npm run dev` keeps up on this machine reachable without variables: its addresses and keys are
 * laid over the environment, unless that names servers of its own. A variable that is set to nothing counts as not set.
 *
 * @param root the folder with `.beatreel`; default: that of Beatreel's own package.json
 * @returns the file the variables came from; undefined when there is no such stack or it was not asked for
 */
export function useDevEnvironment(env: NodeJS.ProcessEnv, root = findPackageRoot()): string | undefined {
  if (Object.keys(env).some((name) => chosen.test(name) && env[name] !== '')) return undefined;
  if (root === undefined) return undefined;
  const file = join(root, '.beatreel', 'dev-environment.json');
  const variables = readVariables(file);
  if (!variables || !isAlive(variables[ownerVariable])) return undefined;
  for (const [name, value] of Object.entries(variables)) {
    if (name !== ownerVariable) env[name] = value;
  }
  return file;
}

function readVariables(file: string): Record<string, string> | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof content !== 'object' || content === null) return undefined;
    return Object.fromEntries(
      Object.entries(content).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
  } catch {
    // No file: no stack is up. One that is being written at this moment belongs to a stack that is not up yet.
    return undefined;
  }
}

/** A file that a killed process left behind leads nowhere. */
function isAlive(owner: string | undefined): boolean {
  if (owner === undefined) return true;
  try {
    process.kill(Number(owner), 0);
    return true;
  } catch {
    return false;
  }
}
