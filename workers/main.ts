import { parseArgs } from 'node:util';

import { failureTypes } from '../workflows/domain/failure-types.ts';
import { BeatreelFailure } from '../activities/runtime/failures.ts';
import { isPool, pools } from './create-workers.ts';
import { installLogger } from './logging/install-logger.ts';
import { reportFatal } from './logging/report-fatal.ts';
import { runWorker } from './run-worker.ts';
import { readWorkerSettings } from './worker-settings.ts';

/**
 * `npm run worker -- [--pool NAME]…`: serves queues until SIGTERM or SIGINT, configured by the environment alone.
 * On a signal it takes no new work, lets transfers and renders finish for a while, and hands over the rest.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { pool: { type: 'string', multiple: true } } });
  const chosen = values.pool?.map((name) => {
    if (isPool(name)) return name;
    throw new BeatreelFailure(
      failureTypes.invalidRequest,
      `--pool is "${name}": one of ${pools.join(', ')}.`,
    );
  });
  installLogger({ shutdownSignals: ['SIGTERM', 'SIGINT'] });
  const worker = await runWorker(await readWorkerSettings(process.env), chosen);
  process.stderr.write(`Serving ${(chosen ?? pools).join(', ')}\n`);
  await worker.done;
}

await main().catch(reportFatal);
