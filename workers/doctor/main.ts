import { parseArgs } from 'node:util';

import { keepSecretsOf } from '../../activities/runtime/secrets.ts';
import { printable, printableJson } from '../../client/terminal/printable.ts';
import type { Check } from './check.ts';
import { checkBucket } from './check-bucket.ts';
import { checkSettings } from './check-settings.ts';
import { checkTemporal } from './check-temporal.ts';
import { checkTools } from './check-tools.ts';

/**
 * `beatreel doctor [--fix] [--json]`: checks everything that a worker with this environment needs, and reports faults
 * with their remedies. Exits with 0 when nothing is wrong, else with 1.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { fix: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  keepSecretsOf(process.env);
  const checks = (
    await Promise.all([
      checkTools(process.env),
      checkTemporal(values.fix),
      checkBucket(process.env, values.fix),
      checkSettings(process.env),
    ])
  ).flat();
  const wrong = checks.filter(({ state }) => state === 'wrong').length;
  const words = [
    ...checks.map(describe),
    '',
    wrong === 0 ? 'Nothing is wrong.' : `${wrong} of ${checks.length} are wrong.`,
  ];
  const shown = values.json ? printableJson({ ok: wrong === 0, checks }) : words.map(printable).join('\n');
  process.stdout.write(`${shown}\n`);
  return wrong === 0 ? 0 : 1;
}

function describe({ name, state, finding }: Check): string {
  return `${state.padEnd(8)}${name.padEnd(27)}${finding}`;
}

process.exitCode = await main();
