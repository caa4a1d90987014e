import type { MetricMeter } from '@temporalio/common';
import { Runtime } from '@temporalio/worker';
import { request } from 'undici';

import { toMicroUsd } from '../../domain/round-usd.ts';
import { choosePort, releasePorts } from '../../workers/dev/local-stack/processes/free-ports.ts';
import { watchFleet } from '../../workers/metrics/watch-fleet.ts';
import { briefOf } from '../support/briefs.ts';
import { type FleetOptions, type Fleet, startFleet } from '../support/start-fleet.ts';
import { startWorkerProcess } from '../support/start-worker-process.ts';
import { until } from '../support/until.ts';

// This process has no worker that would end the runtime.
afterAll(() => Runtime.instance().shutdown());

async function withFleet(options: FleetOptions, work: (fleet: Fleet) => Promise<void>): Promise<void> {
  const fleet = await startFleet(options);
  try {
    await work(fleet);
  } finally {
    await fleet.close();
  }
}

test('the predictions that are live are counted while they run, and no longer', () =>
  withFleet({}, async (fleet) => {
    const { control } = fleet.standIn;
    const shown = new Map<string, number>();
    const problems: unknown[] = [];
    const { client, taskQueue } = fleet;
    const watch = watchFleet({ client, taskQueue, meter: keep(shown), onProblem: (e) => problems.push(e) });
    const live = async () => {
      await watch.look();
      return shown.get('beatreel_predictions_live');
    };
    try {
      expect(await live()).toBe(0);
      control.setBarrier({ kind: 'still' });
      const limits = { concurrentStills: 3 };
      const video = await fleet.startVideo(briefOf(5, { music: { enabled: false }, limits }));
      await control.waitFor({ held: 3 });

      // Temporal's listing lags behind, and so does the step that waits.
      await until(async () => (await live()) === 3, { what: 'three predictions that are live' });

      await video.end();
      await until(async () => (await live()) === 0, { what: 'no prediction that is live' });
      expect(problems).toEqual([]);
    } finally {
      await watch.close();
    }
  }));

test("a language model's cost is counted as the video counts it", () =>
  withFleet({ serve: false }, async (fleet) => {
    const port = await choosePort();
    await releasePorts([port]);
    const worker = await startWorkerProcess({ ...fleet.env, BEATREEL_METRICS: String(port) });
    try {
      const video = await fleet.startVideo({
        prompt: 'A lighthouse keeper and his cat wait for a ship. At dawn it comes.',
        durationSeconds: 10,
        aspectRatio: '1:1',
        music: { enabled: false },
        models: { planner: 'gpt-5-mini' },
      });
      const { phases } = await video.result();
      const planUsd = phases.find(({ phase }) => phase === 'plan')?.costUsd ?? 0;
      expect(planUsd).toBeGreaterThan(0);

      const { body } = await request(`http://127.0.0.1:${port}/metrics`);
      const counted = (await body.text())
        .split('\n')
        .filter((line) => /^beatreel_spent_micro_dollars_total\{.*host="planner"/.test(line))
        .map((line) => Number(line.split(' ').at(-1)));
      expect(counted).toEqual([toMicroUsd(planUsd)]);
    } finally {
      await worker.end('SIGTERM');
    }
  }));

/** Keeps the values of gauges, by name. */
function keep(shown: Map<string, number>): MetricMeter {
  const createGauge = (name: string) => ({ set: (value: number) => void shown.set(name, value) });
  return { createGauge } as unknown as MetricMeter;
}
