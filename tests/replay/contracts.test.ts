import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';

import type { Activities } from '../../activities/index.ts';
import { createActivities } from '../../activities/index.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import { isArtifact } from '../../workflows/guards.ts';
import { retryActivity } from '../activities/support/run-activity.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { readHistories } from './histories.ts';
import { findMissing } from './support/compare-shapes.ts';
import type { RecordedCall } from './support/read-calls.ts';
import { readCalls } from './support/read-calls.ts';

const happy = (await readHistories()).find(({ name }) => name === 'happy');
const recorded = readCalls(historyFromJSON(happy?.history));

/** The brief of the recorded video. */
const brief = briefOf(2, {
  durationSeconds: 15,
  beats: [
    { prompt: beatWords(0), durationSeconds: 5 },
    { prompt: beatWords(1), durationSeconds: 10 },
  ],
});

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet({ serve: false, account: { concurrentStills: 2, concurrentChunks: 2 } });
});
afterAll(() => fleet.close());

test('the recorded video called every activity that a video with a happy end calls', () => {
  const names = [...new Set(recorded.map(({ name }) => name))].sort();
  expect(names).toEqual([
    'acceptBrief',
    'awaitPrediction',
    'extractLastFrame',
    'finishVideo',
    'fitScore',
    'joinClips',
    'normaliseClip',
    'openHostAccount',
    'openRevision',
    'planStoryboard',
    'storeArtifact',
    'submitPrediction',
    'writeManifest',
  ]);
});

test('requests of the workflows before are served by the activities of today, in words that those workflows read', async () => {
  const activities = createActivities(fleet.dependencies);
  /** Today's ids, keys and sums by the recorded ones; files by their keys. */
  const today = new Map<string, unknown>();

  const problems: string[] = [];
  // The account of a host is opened through Temporal, and answers nothing.
  const calls = recorded.filter(({ name }) => name !== 'openHostAccount');
  for (const { name, request, result } of calls) {
    const activity = activities[name as keyof Activities] as (request: unknown) => Promise<unknown>;
    const answer = await retryActivity(activity, replaceAll(request, today));
    learn(result, answer.result, today);
    problems.push(...findMissing(result, answer.result).map((problem) => `${name}: ${problem}`));
  }

  expect(problems).toEqual([]);
});

test('requests of the workflows of today have all that the activities before read, and the other way round', async () => {
  const serving = await fleet.serve();
  const video = await fleet.startVideo(brief);
  await video.result();
  await serving.stop();
  const calls = readCalls(await video.handle.fetchHistory());

  expect(calls).toHaveLength(recorded.length);
  const problems = firstOfEach(recorded).flatMap((before) => {
    const after = calls.find((call) => isAlike(call, before));
    return [
      ...findMissing(before.request, after?.request).map(
        (problem) => `request of ${before.name}: ${problem}`,
      ),
      ...findMissing(before.result, after?.result).map((problem) => `result of ${before.name}: ${problem}`),
    ];
  });
  expect(problems).toEqual([]);
});

test.each([
  { before: { a: { b: 1 } }, after: { a: {} }, missing: ['a.b was number and is undefined'] },
  { before: { a: 1 }, after: { a: '1' }, missing: ['a was number and is string'] },
  { before: { a: [{ b: 1 }] }, after: { a: [{ c: 1 }] }, missing: ['a[].b was number and is undefined'] },
  { before: { a: 1 }, after: { a: 1, b: 2 }, missing: [] },
])('a reader of $before that is given $after misses $missing', ({ before, after, missing }) => {
  expect(findMissing(before, after)).toEqual(missing);
});

function firstOfEach(calls: readonly RecordedCall[]): RecordedCall[] {
  return calls.filter((call, index) => calls.findIndex((other) => isAlike(other, call)) === index);
}

/** Whether two calls are of the same activity, and for the same kind of unit. */
function isAlike(one: RecordedCall, other: RecordedCall): boolean {
  return one.name === other.name && kindOf(one) === kindOf(other);
}

function kindOf({ request }: RecordedCall): unknown {
  return (request as { readonly request?: { readonly kind?: unknown } }).request?.kind;
}

/** Replaces recorded text and files in a value by today's. */
function replaceAll(value: unknown, today: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return today.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => replaceAll(item, today));
  if (typeof value !== 'object' || value === null) return value;
  if (isArtifact(value)) return today.get(fileOf(value)) ?? value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, replaceAll(field, today)]));
}

/** Notes today's text and files in place of the recorded ones. */
function learn(before: unknown, after: unknown, today: Map<string, unknown>): void {
  if (isArtifact(before)) today.set(fileOf(before), after);
  if (typeof before === 'string' && typeof after === 'string') today.set(before, after);
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return;
  const given = after as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(before)) learn(value, given[name], today);
}

function fileOf({ key }: ArtifactRef): string {
  return `file ${key}`;
}
