import { randomUUID } from 'node:crypto';

import { createVideo, type Video } from '../../support/video.ts';
import { until } from '../../support/until.ts';
import { generateVideoType } from '../../../workflows/messages.ts';
import type { BriefInput } from '../../../domain/schemas/brief-schema.ts';
import { findCanaries } from './find-canaries.ts';
import { nameForPrompts } from './host-prediction.ts';
import type { HostileAccount, HostileFleet } from './hostile-fleet.ts';
import type { HostileKind, UnitKind } from './kind.ts';
import { observe, type Observation } from './observe.ts';
import { findUnreadable } from './readable-words.ts';

/** The report on one kind. */
export interface KindReport {
  readonly kind: string;
  /** A sentence on the misbehaviour. */
  readonly what: string;
  readonly expected: string;
  readonly outcome: string;
  /** The words that people see on the video's wait or halt. */
  readonly words: string;
  /** Orders that the host took, each of which is billed. */
  readonly orders: Readonly<Record<UnitKind, number>>;
  readonly seconds: number;
  /** The worker's most memory so far. */
  readonly peakMiB: number;
  /** Problems as sentences; empty when the kind ended as expected. */
  readonly problems: readonly string[];
}

/** The longest wait for a video's expected state, in seconds. */
const patienceSeconds = 150;

/** Makes a video at a host that misbehaves in one way, and judges its end. */
export async function runKind(fleet: HostileFleet, kind: HostileKind): Promise<KindReport> {
  const startedAt = performance.now();
  const account = kind.alone === true ? fleet.alone : fleet.shared;
  if (kind.alone === true) fleet.host.setLister(kind);
  const video = await startVideo(fleet, account, kind);
  const seen = await (kind.expect.end === 'canceled' ? cancelLive(fleet, video, kind) : watch(video, kind));
  const canaries = await findCanaries(fleet, video);
  await endVideo(video);
  const orders = fleet.host.ordersOf(kind.name);
  const outcome = describeOutcome(seen);
  const expected = describeExpected(kind);
  return {
    kind: kind.name,
    what: `The host ${kind.what}.`,
    expected,
    outcome,
    words: seen.words.join(' | '),
    orders,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    peakMiB: account.ended() === undefined ? Math.round(await account.peakMiB()) : 0,
    problems: [
      ...(isExpected(kind, seen) ? [] : [`it is ${outcome}, not ${expected}: ${seen.words.join(' | ')}`]),
      ...describeTwice(orders),
      ...describeSleep(seen),
      ...findUnreadable(seen),
      ...canaries,
      ...describeEnd(account),
    ].map((problem) => `${kind.name}: ${problem}`),
  };
}

async function startVideo(
  { client }: HostileFleet,
  { taskQueue }: HostileAccount,
  { name, unit }: HostileKind,
): Promise<Video> {
  const words = nameForPrompts(name);
  const brief: BriefInput = {
    prompt: words,
    durationSeconds: 5,
    // Fewer pixels than the other shapes, because every clip is really encoded.
    aspectRatio: '1:1',
    beats: [{ prompt: words, durationSeconds: 5 }],
    music: unit === 'score' ? { style: words } : { enabled: false },
  };
  const workflowId = `${name}-${randomUUID().slice(0, 8)}`;
  const handle = await client.workflow.start(generateVideoType, { workflowId, taskQueue, args: [brief] });
  return createVideo(client, handle);
}

/** Looks until the video reaches the kind's expected state, or any other final one. */
async function watch(video: Video, kind: HostileKind): Promise<Observation> {
  let seen: Observation = { state: 'running', words: [], sleepsSeconds: 0 };
  await until(
    async () => {
      seen = await observe(video);
      return seen.state !== 'running' || isExpected(kind, seen);
    },
    { what: video.id, timeoutSeconds: patienceSeconds },
  ).catch(() => undefined);
  return seen;
}

async function cancelLive({ host }: HostileFleet, video: Video, kind: HostileKind): Promise<Observation> {
  const { name, unit } = kind;
  await until(() => host.ordersOf(name)[unit] > 0, { what: `a live prediction of ${name}` });
  await video.handle.cancel();
  return watch(video, kind);
}

function isExpected({ expect }: HostileKind, { state, type, words }: Observation): boolean {
  switch (expect.end) {
    case 'finished':
    case 'canceled':
      return state === expect.end;
    case 'parked':
      return state === 'parked' && type === expect.type && words.some((text) => expect.words.test(text));
    case 'refused':
      return state === 'refused' && words.some((text) => expect.words.test(text));
    case 'waiting':
      return state === 'running' && words.some((text) => expect.words.test(text));
  }
}

function describeOutcome({ state, type }: Observation): string {
  if (state === 'running') return 'waiting';
  return type === undefined ? state : `${state} (${type})`;
}

function describeExpected({ expect }: HostileKind): string {
  if (expect.end === 'parked') return `parked (${expect.type})`;
  return expect.end;
}

/** Reports units ordered twice; every video here needs one order of each unit. */
function describeTwice(orders: Readonly<Record<UnitKind, number>>): string[] {
  return Object.entries(orders).flatMap(([unit, count]) =>
    count > 1 ? [`the host took ${count} orders of the one ${unit}`] : [],
  );
}

/** An hour, plus the spread of retries. */
const longestSleepSeconds = 3_600 * 1.1;

function describeSleep({ sleepsSeconds }: Observation): string[] {
  return sleepsSeconds > longestSleepSeconds ? [`it sleeps for ${Math.round(sleepsSeconds)} s`] : [];
}

function describeEnd(account: HostileAccount): string[] {
  const ended = account.ended();
  return ended === undefined ? [] : [`the worker of the account ${account.name} has ended: ${ended}`];
}

/** Ends the video. Resolves when nothing of it can disturb the next one. */
async function endVideo(video: Video): Promise<void> {
  const { status } = await video.handle.describe();
  if (status.name !== 'RUNNING') return;
  await video.handle.cancel();
  const hasEnded = async () => (await video.handle.describe()).status.name !== 'RUNNING';
  await until(hasEnded, { what: `the end of ${video.id}`, timeoutSeconds: 20 }).catch(() =>
    video.terminate(),
  );
}
