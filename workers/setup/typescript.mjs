/**
 * Makes Node run TypeScript: `node --import ./workers/setup/typescript.mjs program.ts`.
 *
 * tsx keeps compiled code below the temporary folder of the moment it is loaded, under a name that anyone on the
 * machine can guess, and runs what it finds there. It is therefore loaded with a folder of ours as the temporary one;
 * the program, and the processes it starts, see the usual one again.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.beatreel/cache', import.meta.url));

await withEnvironment(makeCache() ? { TMPDIR: cache } : { TSX_DISABLE_CACHE: '1' }, () => import('tsx'));

/** @returns false where the checkout cannot be written */
function makeCache() {
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    chmodSync(cache, 0o700);
    return true;
  } catch {
    return false;
  }
}

async function withEnvironment(variables, use) {
  const usual = Object.keys(variables).map((name) => [name, process.env[name]]);
  Object.assign(process.env, variables);
  try {
    await use();
  } finally {
    for (const [name, value] of usual) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
