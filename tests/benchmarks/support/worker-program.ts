import { NativeConnection } from '@temporalio/worker';
import { loadClientConnectConfig } from '@temporalio/envconfig';

import { createDependencies } from '../../../workers/create-dependencies.ts';
import type { Pool } from '../../../workers/create-workers.ts';
import { createWorkers } from '../../../workers/create-workers.ts';
import { startHostAccounts } from '../../../workers/start-host-accounts.ts';
import { readWorkerSettings } from '../../../workers/configuration/worker-settings.ts';

/*
 * A worker of the product in a process of its own, configured by the environment; arguments are the pools it serves,
 * default all. The workflows come from a bundle made before, as in production, so that the bundler's memory does not
 * count as the worker's. Prints one line of JSON when every queue is served.
 */
const codePath = process.env['BENCHMARK_WORKFLOW_BUNDLE'];
if (codePath === undefined) throw new Error('BENCHMARK_WORKFLOW_BUNDLE must name a bundle of the workflows.');
const pools = process.argv.slice(2) as Pool[];
const settings = await readWorkerSettings(process.env);
const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
const connection = await NativeConnection.connect(connectionOptions);
const dependencies = await createDependencies(settings);
await startHostAccounts(connection, namespace, settings);
const workers = await createWorkers({
  connection,
  namespace,
  queues: settings.queues,
  ...(pools.length > 0 ? { pools } : {}),
  dependencies,
  workflowBundle: { codePath },
  release: settings.release,
});
const running = workers.map((worker) => worker.run());
process.stdout.write(`${JSON.stringify({ pid: process.pid })}\n`);
await Promise.all(running);
await dependencies.close();
await connection.close();
