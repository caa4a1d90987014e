import { connectTemporal } from '../../client/connection/connect-temporal.ts';
import { temporalCall } from '../../client/connection/temporal-call.ts';
import { printable, printableJson } from '../../client/terminal/printable.ts';
import { queuePrefix } from '../../domain/queue-prefix.ts';
import { readNumber } from '../../domain/outside-numbers.ts';
import { readOrchestratorQueue, readRelease } from '../configuration/worker-settings.ts';
import { installLogger } from '../logging/install-logger.ts';
import { readOptions } from '../programs/read-options.ts';
import { runProgram } from '../programs/run-program.ts';
import { loadWorkflowBundle } from '../workflow-bundle.ts';
import type { Replayed } from './replay-runs.ts';
import { chooseRuns, replayRuns } from './replay-runs.ts';

const usage = `Usage: beatreel replay [--query <list filter>] [--limit <number>] [--json]`;
const usualLimit = 100;

/**
 * `beatreel replay`: replays histories in this build's workflows before the build gets traffic. Exits with 0 when all
 * of them fit, else with 1.
 */
async function main(): Promise<number> {
  const { query, limit, json } = readOptions(usage, {
    query: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const finished = readNumber(limit ?? String(usualLimit), { least: 0, most: 100_000 }) ?? usualLimit;
  installLogger({ level: 'ERROR' });
  const taskQueue = await readOrchestratorQueue(process.env);
  const release = readRelease(process.env, queuePrefix(taskQueue));
  const version = release && `${release.deploymentName}:${release.buildId}`;
  const temporal = await connectTemporal(undefined, taskQueue);
  try {
    const replayed = await temporalCall({ doing: 'Replaying histories', at: temporal }, async () => {
      const runs = await chooseRuns(temporal.client, { query, taskQueue, finished, version });
      return replayRuns(temporal.client, runs, await loadWorkflowBundle());
    });
    process.stdout.write(
      `${json ? printableJson(replayed) : describe(replayed).map(printable).join('\n')}\n`,
    );
    return replayed.broken.length === 0 ? 0 : 1;
  } finally {
    await temporal.close();
  }
}

function describe({ replayed, broken }: Replayed): string[] {
  const lines = broken.map(({ workflowId, runId, problem }) => `${workflowId} (run ${runId}): ${problem}`);
  const result =
    broken.length === 0 ? 'All of them fit this build.' : `${broken.length} would break in this build.`;
  return [...lines, `${replayed} histories were replayed. ${result}`];
}

await runProgram(main);
