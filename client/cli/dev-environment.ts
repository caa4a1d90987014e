import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { findPackageRoot } from '../find-package-root.ts';

/** Any of these variables chooses servers; a local stack is then ignored. */
const chosen = /^(TEMPORAL_(ADDRESS|PROFILE|CONFIG_FILE|API_KEY|TLS|TLS_.+)|S3_ENDPOINT|S3_BUCKET)$/;
/** The process that runs the stack; `npm run dev` writes it. */
const ownerVariable = 'BEATREEL_STACK_OWNER';

/**
 * Makes a stack that `npm run dev` runs on this machine reachable without variables: adds its addresses and keys to the
 * environment, unless the environment names servers of its own. An empty variable counts as not set.
 *
 * @param root the folder with `.beatreel`; default: that of Beatreel's own package.json
 * @returns the file with the variables; undefined without such a stack, or when the environment names servers
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
    // No file: no stack is up. A half-written file belongs to a stack that is not up yet.
    return undefined;
  }
}

/** False for a file that a killed process left behind. */
function isAlive(owner: string | undefined): boolean {
  if (owner === undefined) return true;
  try {
    process.kill(Number(owner), 0);
    return true;
  } catch {
    return false;
  }
}
