import type { Activities } from '../../activities/index.ts';
import { callers } from '../../activities/callers.ts';
import { paceKey } from '../../domain/schemas/pace-schema.ts';
import { requestsOf } from '../activities/support/requests-of.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { temporalCli } from '../support/temporal-cli.ts';
import type { Video } from '../support/video.ts';

let fleet: Fleet;
let finished: Video;
let running: Video;

/** Makes one finished video, and one whose footage is being made. */
beforeAll(async () => {
  fleet = await startFleet();
  const brief = briefOf(1, { music: { enabled: false } });
  finished = await fleet.startVideo(brief);
  await finished.result();
  fleet.standIn.control.setFaults([{ match: { kind: 'clip' }, fault: { type: 'slowStart', seconds: 600 } }]);
  running = await fleet.startVideo({ ...brief, seed: 8 });
  await running.when('footage at the host', ({ phases }) =>
    phases.some(({ units }) =>
      units.some(({ name, status }) => name === 'chunk-b1-1' && status === 'rendering'),
    ),
  );
});
afterAll(() => fleet.close());

test.each(Object.keys(callers) as (keyof Activities)[])(
  'a stranger who executes %s buys, writes and cancels nothing',
  async (name) => {
    const before = await worldOf();

    for (const { id } of [finished, running]) {
      const { exitCode, stdout, stderr } = await execute(name, requestsOf(id)[name]);
      expect(exitCode).not.toBe(0);
      expect(stdout + stderr).toContain(`Refused to run ${name}: no workflow called it`);
    }

    expect(await worldOf()).toEqual(before);
  },
);

/** The host's requests, and every object of both videos and of this fleet's account. */
async function worldOf() {
  const { createRequests, cancels, predictions } = fleet.standIn.control.counters();
  const objects: string[] = [];
  const pace = paceKey(fleet.dependencies.hosts.get('replicate').account);
  for (const prefix of [`videos/${finished.id}/`, `videos/${running.id}/`, pace])
    for await (const { key, etag } of fleet.dependencies.store.list(prefix)) objects.push(`${key} ${etag}`);
  return { createRequests, cancels, ends: predictions.map(({ status }) => status), objects };
}

function execute(name: keyof Activities, request: unknown) {
  return temporalCli(
    ...['activity', 'execute', '--type', name, '--activity-id', `stranger-${name}-${String(Math.random())}`],
    ...['--task-queue', `${fleet.settings.queues.prefix}-cleanup`, '--start-to-close-timeout', '20s'],
    ...['--schedule-to-close-timeout', '20s', '--input', JSON.stringify(request)],
  );
}
