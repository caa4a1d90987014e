import { probeMedia } from '../../activities/media/probe.ts';
import { BeatreelClient, type Manifest, type OpenGate } from '../../client/index.ts';
import { revisionKey } from '../../domain/revision.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import { startFleet, type Fleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import { unitsOf, type Video } from '../support/video.ts';
import { verify } from '../support/verify.ts';

let fleet: Fleet;
let client: BeatreelClient;
const silent = { music: { enabled: false } } as const;
/** A digest that fits no plan. */
const foreign = '0123456789abcdef';

beforeAll(async () => {
  fleet = await startFleet();
  client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: process.env['TEMPORAL_ADDRESS'] ?? '' } },
    s3: fleet.settings.s3,
    taskQueue: fleet.taskQueue,
  });
});
afterEach(() => fleet.reset());
afterAll(async () => {
  await client.close();
  await fleet.close();
});

test('a video waits at each of its gates, and nothing behind one is bought before it is approved', async () => {
  const video = await fleet.startVideo(briefOf(2, { approve: ['preview', 'storyboard', 'stills'] }));

  const story = await gateOf(video, 'storyboard');
  expect(story).toMatchObject({ revision: 1, priceUsd: 2 * 0.453 + 0.2 });
  expect(bought()).toEqual({ still: 0, clip: 0, score: 0 });
  expect(await client.gate(video.id)).toMatchObject({
    gate: 'storyboard',
    beats: [{ id: 'b1', keptSeconds: 5 }, { id: 'b2' }],
    files: [],
  });
  await client.approve(video.id, { gate: 'storyboard', digest: story.digest, by: 'Ada' });

  const stills = await gateOf(video, 'stills');
  expect(stills.priceUsd).toBeCloseTo(2 * 0.45 + 0.2, 6);
  expect(bought()).toEqual({ still: 2, clip: 0, score: 0 });
  const view = await client.gate(video.id);
  expect(view?.files.map(({ unit }) => unit)).toEqual(['still-b1', 'still-b2']);
  expect((await fetch(view?.files[1]?.url ?? '')).status).toBe(200);
  await client.approve(video.id, { gate: 'stills', digest: stills.digest });

  // Only the music belongs to the preview.
  const preview = await gateOf(video, 'preview');
  expect(preview.priceUsd).toBeCloseTo(2 * 0.45, 6);
  expect(bought()).toEqual({ still: 2, clip: 0, score: 1 });
  const [file] = unitsOf(await video.progress(), 'storyboard').filter(({ medium }) => medium === 'preview');
  const path = `${fleet.folder}/preview.mp4`;
  const artifact = file?.artifact ?? { key: '', sizeBytes: 0, contentType: '' };
  await fleet.dependencies.store.downloadToFile({ ...artifact, sha256: artifact.sha256 ?? '' }, path);
  const { streams, durationSeconds } = await probeMedia(fleet.dependencies.tools, path);
  expect(durationSeconds).toBeCloseTo(10, 1);
  expect(streams).toMatchObject([
    { type: 'video', width: 480, height: 480, frameCount: 240 },
    { type: 'audio' },
  ]);
  await client.approve(video.id, { gate: 'preview', digest: preview.digest, by: 'Ada' });

  const result = await video.result();
  expect(result).toMatchObject({ status: 'succeeded', music: { status: 'included' } });
  expect(bought()).toEqual({ still: 2, clip: 2, score: 1 });
  const { approvals, preview: kept } = await manifestOf(video, 1);
  expect(approvals).toMatchObject([
    { gate: 'storyboard', digest: story.digest, revision: 1, by: 'Ada' },
    { gate: 'stills', digest: stills.digest, revision: 1 },
    { gate: 'preview', digest: preview.digest, revision: 1, by: 'Ada' },
  ]);
  expect(Date.parse(approvals?.[0]?.at ?? '')).toBeGreaterThan(Date.now() - 600_000);
  expect(kept).toMatchObject({ key: artifact.key });
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true });
});

test('at a gate a caller is told rather than left waiting, and a listing shows who waits longest', async () => {
  const first = await fleet.startVideo(briefOf(1, { ...silent, approve: ['storyboard'] }));
  await gateOf(first, 'storyboard');
  const second = await fleet.startVideo(briefOf(1, { ...silent, approve: ['storyboard'] }));
  const open = await gateOf(second, 'storyboard');

  await expect(client.wait(second.id)).rejects.toMatchObject({
    code: 'VideoAwaitsApproval',
    gate: open,
    nextStep: expect.stringContaining(`beatreel approve ${second.id}`) as unknown,
  });
  const waiting = await until(
    async () => {
      const listed = await client.list({ waiting: true, limit: 1000 });
      const own = listed.filter(({ videoId }) => [first.id, second.id].includes(videoId));
      return own.length === 2 ? own : undefined;
    },
    { what: 'both in the listing' },
  );
  expect(waiting).toMatchObject([
    { videoId: first.id, status: 'awaiting_approval', phase: 'awaiting_approval' },
    {
      videoId: second.id,
      reason: expect.stringContaining('waits for approval; after that up to') as unknown,
    },
  ]);
  const { typedSearchAttributes } = await second.handle.describe();
  const attributes = Object.fromEntries(
    typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
  );
  expect(attributes).toMatchObject({ BeatreelGate: 'storyboard', BeatreelRevision: 1 });
});

test('only what was looked at is approved, by anybody and once', async () => {
  const video = await fleet.startVideo(briefOf(1, { ...silent, approve: ['stills'] }));
  const { digest } = await gateOf(video, 'stills');
  const refusals: [unknown, string][] = [
    [{ gate: 'stills', digest: foreign }, `it is now ${digest}. Look at it again.`],
    [{ gate: 'storyboard', digest }, 'waits at the gate stills, not at storyboard'],
    [{ gate: 'clips', digest }, 'gate is "clips": one of storyboard, stills, preview.'],
    [{ gate: 'stills', digest: 'yes' }, 'digest is "yes": the 16 hex digits'],
    [{ gate: 'stills', digest, by: ' ' }, 'by is a text of 1–100 characters, not of 1.'],
    [{ gate: 'stills', digest, who: 'Ada' }, 'one object with gate, digest and by'],
    [undefined, 'gate is'],
  ];
  for (const [request, words] of refusals)
    await expect(video.handle.executeUpdate('approve', { args: [request] })).rejects.toMatchObject({
      cause: { type: 'InvalidRequest', message: expect.stringContaining(words) as unknown },
    });
  await expect(client.approve(video.id, { gate: 'stills', digest: foreign })).rejects.toMatchObject({
    code: 'NotAccepted',
  });
  expect(bought()).toMatchObject({ still: 1, clip: 0 });

  fleet.standIn.control.setBarrier({ kind: 'clip' });
  const approval = await client.approve(video.id, { gate: 'stills', digest, by: 'Ada' });
  // The first approval stands.
  expect(await client.approve(video.id, { gate: 'stills', digest, by: 'Bob' })).toEqual(approval);
  fleet.standIn.control.release();
  await video.result();
  await expect(client.approve(video.id, { gate: 'stills', digest })).rejects.toMatchObject({
    code: 'NotAccepted',
    message: expect.stringContaining('The video is succeeded; nothing of it waits for approval.') as unknown,
  });
});

test('a video that is rejected ends, and one that was canceled takes no approval', async () => {
  const rejected = await fleet.startVideo(briefOf(1, { ...silent, approve: ['stills'] }));
  const open = await gateOf(rejected, 'stills');
  await expect(
    client.reject(rejected.id, { gate: 'stills', digest: foreign, by: 'Ada' }),
  ).rejects.toMatchObject({ code: 'NotAccepted' });
  const rejection = { gate: 'stills', digest: open.digest, by: 'Ada', reason: 'The lamp is red.' } as const;
  await client.reject(rejected.id, rejection);
  await expect(rejected.result()).rejects.toMatchObject({ cause: { type: 'Rejected' } });
  await expect(client.wait(rejected.id)).rejects.toMatchObject({
    code: 'VideoCanceled',
    reason: 'Ada rejected the stills: The lamp is red.',
  });

  expect(await client.status(rejected.id)).toMatchObject({
    status: 'canceled',
    reason: 'Ada rejected the stills: The lamp is red.',
  });
  expect(await manifestOf(rejected, 1)).toMatchObject({ status: 'canceled', rejection, stills: [{}] });

  for (const phase of ['canceled', 'failed'] as const) {
    const isListed = async () =>
      (await client.list({ phase, limit: 1000 })).some(({ videoId }) => videoId === rejected.id);
    expect(await until(async () => (await isListed()) === (phase === 'canceled'), { what: phase })).toBe(
      true,
    );
  }

  const canceled = await fleet.startVideo(briefOf(1, { ...silent, approve: ['storyboard'] }));
  const { digest } = await gateOf(canceled, 'storyboard');
  await client.cancel(canceled.id);
  await expect(canceled.result()).rejects.toThrow('Workflow execution cancelled');
  await expect(client.approve(canceled.id, { gate: 'storyboard', digest })).rejects.toMatchObject({
    message: expect.stringContaining('The video is canceled') as unknown,
  });
  expect(bought()).toEqual({ still: 1, clip: 0, score: 0 });
});

test('an edit at a gate is made, and what it leaves as it was stays approved', async () => {
  const video = await fleet.startVideo(
    briefOf(2, { ...silent, approve: ['storyboard', 'stills', 'preview'] }),
  );
  const story = await gateOf(video, 'storyboard');
  const signature = { by: 'Ada', reason: 'More weather.' };
  // At the storyboard gate: new words, which were not approved.
  await client.reject(video.id, {
    ...pick(story),
    edits: [{ op: 'words', beat: 1, still: `${beatWords(5)} in fog` }],
    ...signature,
  });
  const changed = await gateOf(video, 'storyboard', 2);
  expect(changed.digest).not.toBe(story.digest);
  const stored = await fleet.dependencies.store.getJson(revisionKey(video.id, 2));
  expect(stored?.value).toMatchObject({ ...signature, edits: [{ op: 'words' }] });
  await expect(client.approve(video.id, pick(story))).rejects.toMatchObject({ code: 'NotAccepted' });
  await client.approve(video.id, pick(changed));

  // At the stills gate: another take of one still, with the same words.
  const stills = await gateOf(video, 'stills', 2);
  await client.reject(video.id, { ...pick(stills), edits: [{ op: 'reroll', unit: 'still-b2' }] });
  const rolled = await gateOf(video, 'stills', 3);
  expect(rolled.digest).not.toBe(stills.digest);
  expect(bought()).toEqual({ still: 3, clip: 0, score: 0 });
  await client.approve(video.id, pick(rolled));

  // At the preview gate: the reverse, with the approved stills.
  const preview = await gateOf(video, 'preview', 3);
  await expect(
    client.reject(video.id, { gate: 'preview', digest: story.digest, edits: [{ op: 'title', title: 'x' }] }),
  ).rejects.toMatchObject({ code: 'NotAccepted' });
  await client.reject(video.id, {
    ...pick(preview),
    edits: [{ op: 'move', beat: 'b2', before: 'b1' }],
  });
  await client.approve(video.id, pick(await gateOf(video, 'storyboard', 4)));
  await client.approve(video.id, pick(await gateOf(video, 'stills', 4)));
  await client.approve(video.id, pick(await gateOf(video, 'preview', 4)));
  await video.result();
  expect(bought()).toEqual({ still: 3, clip: 2, score: 0 });

  // Once more when the video is finished: a new title does not affect approvals.
  await client.revise(video.id, [{ op: 'title', title: 'The keeper' }]);
  await video.result();
  expect(await manifestOf(video, 5)).toMatchObject({ title: 'The keeper', status: 'succeeded' });
  expect(bought()).toEqual({ still: 3, clip: 2, score: 0 });
});

test('a preview does without music that cannot be paid', async () => {
  const budgetUsd = 0.003 + 0.45;
  const video = await fleet.startVideo(briefOf(1, { approve: ['preview'], limits: { budgetUsd } }));
  const open = await gateOf(video, 'preview');

  expect(bought()).toEqual({ still: 1, clip: 0, score: 0 });
  await client.approve(video.id, pick(open));
  expect(await video.result()).toMatchObject({ music: { status: 'failed' } });
});

async function gateOf(video: Video, gate: string, revision = 1): Promise<OpenGate> {
  const { gate: open } = await video.when(
    `the gate ${gate} of revision ${revision}`,
    (found) =>
      found.status === 'awaiting_approval' && found.gate?.gate === gate && found.gate.revision === revision,
  );
  if (!open) throw new Error('No gate is open.');
  return open;
}

function pick(open: OpenGate | undefined): Pick<OpenGate, 'gate' | 'digest'> {
  if (!open) throw new Error('No gate is open.');
  return { gate: open.gate, digest: open.digest };
}

function bought(): Readonly<Record<string, number>> {
  return fleet.standIn.control.counters().createsByKind;
}

async function manifestOf({ id }: Video, revision: number): Promise<Manifest> {
  const found = await fleet.dependencies.store.getJson(`videos/${id}/manifest-r${revision}.json`);
  return found?.value as Manifest;
}
