import { parseArgs } from 'node:util';

import { startTestStack } from '../support/test-stack.ts';
import { allKinds } from './support/kinds/all-kinds.ts';
import { startHostileFleet } from './support/hostile-fleet.ts';
import { runKinds } from './support/run-kinds.ts';

/*
 * `npm run soak:hostile -- [--only NAME,NAME…] [--json]`: makes one video after the other at a host that misbehaves in
 * one way each time, on the same workers. Exits with 1 when a video does not end as its kind expects, when anything is
 * bought twice, and when a worker dies or takes more than 400 MiB.
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const wanted = values.only?.split(',');
const kinds = allKinds.filter(({ name }) => wanted?.includes(name) ?? true);
if (kinds.length === 0) throw new RangeError(`--only is "${values.only ?? ''}": names no kind.`);

const undo: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;
const stop = () => (stopping ??= undoAll());
async function undoAll(): Promise<void> {
  for (const step of undo.splice(0).toReversed()) await step();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void stop().then(() => process.exit(130));
  });
}

let exitCode = 1;
try {
  const servers = await startTestStack();
  undo.push(() => servers.stop());
  // Readers of the bucket in this process find their credentials there, as the SDK does.
  Object.assign(process.env, servers.env);
  const fleet = await startHostileFleet(kinds, process.env);
  undo.push(() => fleet.close());
  const report = await runKinds(fleet, kinds, ({ kind, outcome, seconds, peakMiB, problems }) => {
    process.stderr.write(
      `${[`${kind}: ${outcome} after ${seconds} s, ${peakMiB} MiB`, ...problems].join('\n  ')}\n`,
    );
  });
  exitCode = report.problems.length === 0 ? 0 : 1;
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await stop();
}
// Calls cut off by the end of the servers may still be pending.
process.exit(exitCode);
