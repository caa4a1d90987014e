import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import './logging/keep-warnings.ts';
import { crashExitCode, untilCrash } from './crashes/until-crash.ts';
import { isPool, pools } from './create-workers.ts';
import { readListenAddress } from './configuration/read-listen-address.ts';
import { installLogger } from './logging/install-logger.ts';
import { logFatal } from './logging/report-fatal.ts';
import { logStopping } from './logging/log-stopping.ts';
import { readOptions } from './programs/read-options.ts';
import { runProgram } from './programs/run-program.ts';
import { runWorker } from './run-worker.ts';
import { endWithSupervisor, reportServing } from './supervise/report-serving.ts';
import { readWorkerSettings } from './configuration/worker-settings.ts';

const usage = `Usage: npm run worker -- [--pool NAME]...   Pools: ${pools.join(', ')}; without one, all.`;

/**
 * `npm run worker -- [--pool NAME]…`: serves queues until SIGTERM or SIGINT, configured by the environment alone.
 * On a signal it takes no new work, lets transfers and renders finish for a while, and hands over the rest. After an
 * exception outside a promise it does the same and ends with code 70, so that its supervisor restarts it.
 */
async function main(): Promise<number> {
  const { pool } = readOptions(usage, { pool: { type: 'string', multiple: true } });
  const chosen = pool?.map((name) => {
    if (isPool(name)) return name;
    throw new BeatreelFailure(
      failureTypes.invalidRequest,
      `--pool is "${name}": one of ${pools.join(', ')}.`,
    );
  });
  installLogger({
    shutdownSignals: ['SIGTERM', 'SIGINT'],
    metrics: readListenAddress(process.env, 'BEATREEL_METRICS'),
  });
  logStopping();
  endWithSupervisor();
  const crashed = untilCrash().then(() => 'crashed' as const);
  const worker = await runWorker(await readWorkerSettings(process.env), chosen);
  reportServing();
  if ((await Promise.race([worker.done, crashed])) !== 'crashed') return 0;
  await worker.stop();
  return crashExitCode;
}

await runProgram(main, logFatal);
