import { BeatreelClient } from '../../client/index.ts';
import { explainProgress } from '../../domain/explain-progress.ts';
import { accountOf } from '../account/support/account-of.ts';
import { briefOf } from '../support/briefs.ts';
import { type Fleet, type FleetOptions, startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import type { Video } from '../support/video.ts';

const silent = { music: { enabled: false } } as const;

interface Asked {
  readonly fleet: Fleet;
  readonly client: BeatreelClient;
}

async function withClient(options: FleetOptions, work: (asked: Asked) => Promise<void>): Promise<void> {
  const fleet = await startFleet(options);
  const client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: process.env['TEMPORAL_ADDRESS'] ?? '' } },
    s3: fleet.settings.s3,
    taskQueue: fleet.taskQueue,
  });
  try {
    await work({ fleet, client });
  } finally {
    await client.close();
    await fleet.close();
  }
}

test('a video that waits for places says so in status, list and Web UI alike', () =>
  withClient({}, async ({ fleet, client }) => {
    fleet.standIn.control.setBarrier({ kind: 'still' });
    const limits = { concurrentStills: 2 };
    const video = await fleet.startVideo(briefOf(4, { ...silent, limits }));
    await fleet.standIn.control.waitFor({ held: 2 });

    const { reason, nextStep } = await client.status(video.id);

    expect(reason).toMatch(/^still-b3 and 1 more wait for a place: the limits of the video/);
    expect(nextStep).toBe('Nothing needs to be done: it goes on by itself.');
    expect(await listed(client, video)).toMatchObject({ reason, nextStep });
    expect(await detailsOf(video)).toContain('still-b3 and 1 more wait for a place');
    await video.end();
  }));

test('a video that waits for permits of its account says so, and who to ask for them', () =>
  withClient({ account: { concurrentStills: 1, concurrentChunks: 1 } }, async ({ fleet, client }) => {
    fleet.standIn.control.setBarrier({ kind: 'still' });
    const video = await fleet.startVideo(briefOf(3, silent));
    await fleet.standIn.control.waitFor({ held: 1 });

    const { reason, nextStep } = await client.status(video.id);

    expect(reason).toMatch(/^still-b2 and 1 more wait for a permit of the host account/);
    expect(nextStep).toContain('beatreel account HOST');
    expect(await detailsOf(video)).toContain('wait for a permit of the host account');
    await video.end();
    await accountOf(fleet).handle.terminate();
  }));

test('a video whose account the host throttled says until when, and where its pace is shown', () =>
  withClient({}, async ({ fleet, client }) => {
    const fault = { type: 'throttle', retryAfterSeconds: 600, header: false } as const;
    fleet.standIn.control.setFaults([{ fault }]);
    const video = await fleet.startVideo(briefOf(1, silent));

    const told = await until(
      async () => {
        const status = await client.status(video.id);
        return status.reason === undefined ? undefined : status;
      },
      { what: 'a reason' },
    );

    expect(told.reason).toMatch(/^still-b1 waits until 20.*Z: /);
    expect(told.nextStep).toContain('beatreel account HOST');
    expect(told.waits).toMatchObject([{ unit: 'still-b1', nextStep: told.nextStep }]);
    expect(await listed(client, video)).toMatchObject({ nextStep: told.nextStep });
    await video.end();
  }));

test('music that failed is added later as the finished video advises', () =>
  withClient({}, async ({ fleet, client }) => {
    const { control } = fleet.standIn;
    control.setFaults([{ match: { kind: 'score' }, times: 'always', fault: { type: 'fail' } }]);
    const video = await fleet.startVideo(briefOf(1));
    expect((await video.result()).music.status).toBe('failed');
    const { reason, nextStep } = await client.status(video.id);
    expect(reason).toMatch(/^It has no music\. PredictionFailed: /);
    expect(nextStep).toContain(`beatreel plan ${video.id} --re-roll score`);

    control.setFaults([]);
    await client.revise(video.id, [{ op: 'reroll', unit: 'score' }]);

    expect((await video.result()).music).toEqual({ status: 'included' });
    expect(explainProgress(await video.progress()).nextStep).toContain('beatreel download');
  }));

/** Visibility lags behind. */
async function listed(client: BeatreelClient, { id }: Video) {
  const find = async () => {
    const found = (await client.list({ phase: 'running', limit: 1000 })).find(
      ({ videoId }) => videoId === id,
    );
    return found?.reason === undefined ? undefined : found;
  };
  return until(find, { what: `a reason of ${id} in the list` });
}

/** The current details, as the Web UI shows them. */
async function detailsOf({ handle }: Video): Promise<string> {
  const { currentDetails } = await handle.query<{ readonly currentDetails: string }>(
    '__temporal_workflow_metadata',
  );
  return currentDetails;
}
