import '../logging/keep-warnings.ts';
import { Runtime } from '@temporalio/worker';

import { crashExitCode, untilCrash } from '../crashes/until-crash.ts';
import { untilStopped } from '../until-stopped.ts';
import { readListenAddress } from '../configuration/read-listen-address.ts';
import { installLogger } from '../logging/install-logger.ts';
import { logFatal } from '../logging/report-fatal.ts';
import { logStopping } from '../logging/log-stopping.ts';
import { readOptions } from '../programs/read-options.ts';
import { runProgram } from '../programs/run-program.ts';
import { endWithSupervisor, reportServing } from '../supervise/report-serving.ts';
import { readEndpointSettings } from './endpoint-settings.ts';
import { startWebhooks } from './start-webhooks.ts';

/**
 * `npm run webhooks`: takes webhooks of the host until SIGTERM or SIGINT, configured by the environment alone. On a
 * signal, and after an exception outside a promise, it takes no more and follows those it has taken.
 */
async function main(): Promise<number> {
  readOptions('Usage: npm run webhooks   Its settings are variables: docs/architecture.md, "Webhooks".', {});
  installLogger({ metrics: readListenAddress(process.env, 'BEATREEL_METRICS') });
  logStopping();
  endWithSupervisor();
  const crashed = untilCrash().then(() => 'crashed' as const);
  const stopped = untilStopped();
  const settings = readEndpointSettings(process.env);
  const webhooks = await startWebhooks(settings);
  reportServing();
  const end = await Promise.race([stopped, crashed]);
  await webhooks.close();
  Runtime.instance().logger.info('Stopped');
  return end === 'crashed' ? crashExitCode : 0;
}

await runProgram(main, logFatal);
