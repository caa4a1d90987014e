import { inspect } from 'node:util';

import type { VideoResult } from '../../domain/progress.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import { readManifest, verify } from '../support/verify.ts';
import type { Video } from '../support/video.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet();
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

const atMinimax = {
  still: 'minimax-image-01',
  clip: 'minimax-hailuo-02',
  score: 'minimax-music-2.6',
} as const;

test('footage of MiniMax and pictures of Replicate make one video', async () => {
  const brief = briefOf(2, { models: { clip: atMinimax.clip }, music: { enabled: false } });

  const video = await fleet.startVideo(brief);
  const result = await video.result();

  expect(result).toMatchObject({ status: 'succeeded', stills: 2, chunks: 2, durationSeconds: 10 });
  expect(fleet.standIn.control.counters().createsByModel).toEqual({
    'black-forest-labs/flux-schnell': 2,
    'MiniMax-Hailuo-02': 2,
  });
  await expectProven(video, result, { replicate: 2, minimax: 2 });
});

test('pictures, footage and music of MiniMax make a video, and no address of them is told anywhere', async () => {
  const video = await fleet.startVideo(briefOf(2, { models: atMinimax }));
  const result = await video.result();

  expect(result).toMatchObject({ status: 'succeeded', stills: 2, chunks: 2 });
  expect(fleet.standIn.control.counters()).toMatchObject({
    creates: 5,
    createRequests: 5,
    createsByKind: { still: 2, clip: 2, score: 1 },
  });
  await expectProven(video, result, { minimax: 5 });
  const history = await readHistory(video);
  expect(history).toContain(beatWords(0));
  expect(history).not.toContain('/files/');
  expect(inspect(fleet.logs, { depth: 10 })).not.toContain('/files/');
});

test('a lost answer that was the outcome waits for a person, and is ordered again when they say so', async () => {
  const { control } = fleet.standIn;
  control.setFaults([{ match: { promptIncludes: beatWords(0) }, fault: { type: 'loseReply' } }]);
  const video = await fleet.startVideo(briefOf(2, { models: atMinimax, music: { enabled: false } }));
  const parked = await video.whenStatus('parked');

  expect(unitsOf(parked, 'storyboard').map(({ failure }) => failure?.type)).toEqual([
    'NeedsReconcile',
    undefined,
  ]);
  expect(control.counters().createRequests).toBe(2);
  const [taken] = control.counters().predictions;
  await expect(video.reconcile({ beat: 'b1', adopt: taken?.id ?? '' })).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/keeps no prediction to adopt/) as string },
  });

  await until(
    async () => {
      try {
        return await video.reconcile({ beat: 'b1', resubmit: true });
      } catch (error) {
        // While the order may still arrive, it cannot be declared absent.
        expect(error).toMatchObject({
          cause: { message: expect.stringMatching(/may still arrive for \d+ s/) as string },
        });
        return undefined;
      }
    },
    { what: 'the order can arrive no more' },
  );
  const result = await video.result();

  expect(result).toMatchObject({ status: 'succeeded', stills: 2, chunks: 2 });
  expect(control.counters().createsByKind).toEqual({ still: 3, clip: 2, score: 0 });
});

test('music of which nobody knows waits for a person, who may finish the video without it', async () => {
  const { control } = fleet.standIn;
  control.setFaults([{ match: { kind: 'score' }, fault: { type: 'loseReply' } }]);
  const video = await fleet.startVideo(briefOf(1, { models: { score: atMinimax.score } }));
  const parked = await video.whenStatus('parked');
  expect(unitsOf(parked, 'music')[0]).toMatchObject({ failure: { type: 'NeedsReconcile' } });

  await video.reconcile({ unit: 'score', goWithout: true });
  const result = await video.result();

  const reason = expect.stringMatching(/^NeedsReconcile: The answer to an order/) as string;
  expect(result).toMatchObject({ status: 'succeeded', music: { status: 'failed', reason } });
  expect(control.counters().createsByKind).toEqual({ still: 1, clip: 1, score: 1 });
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true });
});

test("a refusal by MiniMax's filter fails only that unit, by name, and costs nothing", async () => {
  fleet.standIn.control.setFaults([{ match: { promptIncludes: beatWords(1) }, fault: { type: 'refuse' } }]);
  const video = await fleet.startVideo(
    briefOf(2, { models: { still: atMinimax.still }, music: { enabled: false } }),
  );

  const parked = await video.whenStatus('parked');

  expect(unitsOf(parked, 'storyboard')).toMatchObject([
    { status: 'succeeded' },
    { status: 'failed', failure: { type: 'ContentRejected' } },
  ]);
  expect(parked.costUsd).toBe(0.03);
});

async function expectProven(
  video: Video,
  result: VideoResult,
  purchases: Readonly<Record<string, number>>,
): Promise<void> {
  expect(result.costUsd).toBeGreaterThan(0);
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true });
  const manifest = await readManifest(fleet, video.id);
  const text = JSON.stringify(manifest);
  for (const [host, count] of Object.entries(purchases)) {
    expect(text.split(`"host":"${host}"`)).toHaveLength(count + 1);
  }
  expect(text).not.toContain('/files/');
}

/** The whole history as text. */
async function readHistory({ handle }: Video): Promise<string> {
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (value instanceof Uint8Array) texts.push(Buffer.from(value).toString());
    else if (typeof value === 'string') texts.push(value);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(collect);
  };
  collect(await handle.fetchHistory());
  return texts.join('\n');
}
