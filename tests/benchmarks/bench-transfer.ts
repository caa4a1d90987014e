import { parseArgs } from 'node:util';

import { describeTransfers, summarise } from './support/transfer/summarise.ts';
import { measureTransfers } from './support/transfer/measure-transfers.ts';

/*
 * Moves one file from a host into a store in every way we know, one after the other and several times: ours, the
 * usual ones in Node, and other tools. Once against a store that keeps nothing, once against SeaweedFS.
 *
 * --size N (MiB, default 1024), --runs N (default 5), --json ends with one line of JSON.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    size: { type: 'string', default: '1024' },
    runs: { type: 'string', default: '5' },
  },
});
const sizeMiB = readWhole('size', values.size, 65_536);
const runs = readWhole('runs', values.runs, 99);

function readWhole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new RangeError(`--${name} is "${text}": a whole number from 1 to ${most}.`);
}

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interruption.abort(new Error(`Stopped by ${signal}.`));
  });
}

const measured = await measureTransfers({ sizeMiB, runs, signal: interruption.signal });
const result = summarise({ sizeMiB, runs, measured });
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${describeTransfers(result)}\n`);
// Keep-alive sockets would hold the program for seconds.
process.exit(0);
