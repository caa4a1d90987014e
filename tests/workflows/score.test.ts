import { join } from 'node:path';

import { probeMedia } from '../../activities/media/probe.ts';
import type { VideoResult } from '../../domain/progress.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet();
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

test('a video without music buys no score and has no sound', async () => {
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  const result = await video.result();

  expect(result.music).toEqual({ status: 'off' });
  expect(fleet.standIn.control.counters().createsByKind.score).toBe(0);
  expect(await streamTypes(result)).toEqual(['video']);
});

test.each([
  {
    what: 'fails at the host',
    fault: { type: 'fail' } as const,
    reason: /^PredictionFailed: Prediction failed/,
  },
  { what: 'is not paid for', fault: { type: 'insufficientCredit' } as const, reason: /^BudgetExceeded: / },
  {
    what: 'cannot be decoded',
    fault: { type: 'bigOutput', sizeMiB: 0.1 } as const,
    reason: /^MediaToolFailed: /,
  },
])(
  'a score that $what leaves the video without music, and the result says why',
  async ({ fault, reason }) => {
    fleet.standIn.control.setFaults([{ match: { kind: 'score' }, times: 'always', fault }]);

    const video = await fleet.startVideo(briefOf(1));
    const result = await video.result();

    expect(result.status).toBe('succeeded');
    expect(result.music).toEqual({ status: 'failed', reason: expect.stringMatching(reason) as string });
    expect(result.phases[4]).toMatchObject({ phase: 'music', status: 'partial' });
    expect(await streamTypes(result)).toEqual(['video']);
  },
);

test('a score that is still at the host when the video parks is fetched meanwhile', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'score' });
  control.setFaults([{ match: { kind: 'clip' }, fault: { type: 'refuse' } }]);
  const video = await fleet.startVideo(briefOf(1));
  await video.whenStatus('parked');

  control.release();

  await video.when(
    'the score is stored while the video is parked',
    (found) => found.status === 'parked' && unitsOf(found, 'music')[0]?.artifact !== undefined,
  );
});

async function streamTypes({ video, videoId }: VideoResult): Promise<string[]> {
  const path = join(fleet.folder, `${videoId}.mp4`);
  await fleet.dependencies.store.downloadToFile(video, path);
  const { streams } = await probeMedia(fleet.settings.tools, path);
  return streams.map(({ type }) => type);
}
