import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Revision } from '../../domain/revision.ts';
import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import type { VideoResult } from '../../domain/progress.ts';
import type { Storyboard } from '../../domain/storyboard.ts';
import type { FaultRuleInput } from '../../workers/dev/stand-in/faults/fault-rule.ts';
import { stillsOf } from '../support/at-the-host.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { readManifest, verify } from '../support/verify.ts';
import type { Video } from '../support/video.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet();
});
afterEach(() => fleet.reset());
afterAll(() => fleet.close());

/** A fault of the language model's answers, by default on every question. */
function answers(fault: FaultRuleInput['fault'], times: number | 'always' = 'always'): FaultRuleInput {
  return { match: { kind: 'plan', operation: 'chat' }, times, fault };
}

test('a language model plans a video, is asked once, and is paid for in phase 1', async () => {
  const { video, result, storyboard } = await make();

  expect(storyboard.plannedBy).toBe('gpt-5-mini');
  expect(formats()).toEqual(['json_schema']);
  const { planning } = storyboard;
  expect(planning).toMatchObject({ model: 'gpt-5-mini', calls: 1 });
  expect(planning?.costUsd).toBeGreaterThan(0);
  expect(result.phases[0]).toMatchObject({ phase: 'plan', costUsd: planning?.costUsd });
  const others = result.phases.slice(1).reduce((sum, { costUsd }) => sum + costUsd, 0);
  expect(result.costUsd).toBeCloseTo(others + (planning?.costUsd ?? 0), 6);
  const manifest = await readManifest(fleet, video.id);
  expect(manifest).toMatchObject({ costUsd: result.costUsd, planning });
  expect((await video.progress()).budget?.spentUsd).toBeCloseTo(result.costUsd, 6);
  // The stills are ordered side by side, so in any order.
  expect(
    stillsOf(fleet.standIn)
      .map(({ input }) => String(input['prompt']))
      .sort(),
  ).toEqual(storyboard.beats.map(({ stillPrompt }) => stillPrompt).sort());
});

test.each<[string, FaultRuleInput[], string[]]>([
  ['writes prose around its JSON', [answers({ type: 'proseAround' })], ['json_schema']],
  ['takes no schema', [answers({ type: 'refuseFormat' })], ['json_schema', 'json_object']],
  [
    'takes neither schema nor JSON mode, and chats',
    [answers({ type: 'refuseFormat', formats: ['json_schema', 'json_object'], status: 422 })],
    ['json_schema', 'json_object', 'text'],
  ],
  ['breaks its JSON once', [answers({ type: 'brokenJson' }, 1)], ['json_schema', 'json_schema']],
  ['forgets its pictures once', [answers({ type: 'emptyPrompts' }, 1)], ['json_schema', 'json_schema']],
  ['is cut off once', [answers({ type: 'cutAnswer' }, 1)], ['json_schema', 'json_schema']],
  ['writes no beats once', [answers({ type: 'fewBeats', count: 0 }, 1)], ['json_schema', 'json_schema']],
  ['says no usage', [answers({ type: 'noUsage' })], ['json_schema']],
])('a model that %s plans a whole video', async (_what, faults, asked) => {
  fleet.standIn.control.setFaults(faults);

  const { storyboard } = await make({ durationSeconds: 5 });

  expect(storyboard.plannedBy).toBe('gpt-5-mini');
  expect(formats()).toEqual(asked);
});

test('lengths that no beat can have are fitted to the video', async () => {
  fleet.standIn.control.setFaults([answers({ type: 'oddLengths' })]);

  const { storyboard } = await make({ durationSeconds: 8 });

  expect(storyboard.plannedBy).toBe('gpt-5-mini');
  expect(storyboard.beats.map(({ durationSeconds, keptSeconds }) => [durationSeconds, keptSeconds])).toEqual([
    [5, 5],
    [5, 3],
  ]);
  expect(formats()).toEqual(['json_schema']);
});

test('a plan of fewer beats than fit is stretched to fill the video', async () => {
  fleet.standIn.control.setFaults([answers({ type: 'fewBeats', count: 1 })]);

  const { storyboard, result } = await make();

  expect(storyboard.beats.map(({ durationSeconds }) => durationSeconds)).toEqual([10]);
  expect([result.stills, result.chunks]).toEqual([1, 2]);
  expect(formats()).toEqual(['json_schema']);
});

test('a server that is busy, then fails, is asked again, and not paid for that', async () => {
  const match = { kind: 'plan', operation: 'chat' } as const;
  fleet.standIn.control.setFaults([
    { match, fault: { type: 'throttle', retryAfterSeconds: 1 } },
    { match: { ...match, nth: 2 }, fault: { type: 'serverError', status: 503 } },
  ]);

  const { video, storyboard } = await make();

  expect(await video.attemptsOf('planStoryboard')).toEqual([3]);
  expect(storyboard).toMatchObject({ plannedBy: 'gpt-5-mini', planning: { calls: 1 } });
  expect(storyboard.planning?.costUsd).toBeLessThan(0.01);
});

test('a plan of too many beats is truncated in order, with a WARNING and a line of the log', async () => {
  fleet.standIn.control.setFaults([answers({ type: 'manyBeats', count: 30 })]);

  const { video, storyboard } = await make();

  const truncation = { originalCount: 30, truncatedCount: 2 };
  expect(storyboard.truncation).toEqual(truncation);
  expect(storyboard.beats.map(({ startSeconds }) => startSeconds)).toEqual([0, 5]);
  const warnings = fleet.logs.filter(
    ({ message, meta }) =>
      message === 'Beats truncated to fit the duration' && meta?.['workflowId'] === video.id,
  );
  expect(warnings).toMatchObject([{ level: 'WARN', meta: truncation }]);
  const log = await readFile(join(fleet.settings.logFolder, 'beat_truncation.log'), 'utf8');
  const lines = log.split('\n').filter((line) => line.includes(video.id));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { videoId: video.id, ...truncation },
  ]);
});

test('a model that writes nothing of use twice is replaced by the built-in planner, and the video says so', async () => {
  fleet.standIn.control.setFaults([answers({ type: 'brokenJson' })]);

  const { video, result, storyboard } = await make();

  expect(storyboard.plannedBy).toBe('built-in');
  expect(formats()).toEqual(['json_schema', 'json_schema']);
  expect((await video.progress()).warnings).toEqual([
    expect.stringMatching(/gpt-5-mini was asked twice.*built-in planner planned instead/) as string,
  ]);
  // Both answers were paid for.
  expect(storyboard.planning).toMatchObject({ calls: 2 });
  expect(result.phases[0]?.costUsd).toBe(storyboard.planning?.costUsd);
});

test.each<[string, FaultRuleInput['fault'], Partial<BriefInput>, string]>([
  ['writes nothing of use', { type: 'brokenJson' }, { onFailure: 'fail' }, 'PlanFailed'],
  ['refuses the content', { type: 'refusal' }, {}, 'ContentRejected'],
  ['is filtered', { type: 'filterAnswer' }, {}, 'ContentRejected'],
  ['refuses our key', { type: 'unauthorized' }, {}, 'CredentialsRejected'],
  ['wants money first', { type: 'insufficientCredit' }, {}, 'BudgetExceeded'],
])('a video whose model %s ends by name before anything else is bought', async (...row) => {
  const [, fault, more, type] = row;
  fleet.standIn.control.setFaults([answers(fault)]);
  const video = await fleet.startVideo(briefOfModel(more));

  expect((await video.failure()).type).toBe(type);

  expect(await video.attemptsOf('planStoryboard')).toEqual([1]);
  expect(fleet.standIn.control.counters().createRequests).toBe(0);
  expect((await video.progress()).status).toBe('failed');
});

test('a lost answer is asked for again, and counted as paid', async () => {
  fleet.standIn.control.setFaults([answers({ type: 'loseReply' }, 1)]);

  const { storyboard } = await make();

  expect(storyboard.planning).toMatchObject({ calls: 2 });
  // 16,000 tokens of an answer at $2 a million.
  expect(storyboard.planning?.costUsd).toBeGreaterThan(0.032);
});

test('beats that a person wrote need no model', async () => {
  const beats = [0, 1].map((at) => ({ prompt: `A lamp, number ${at}`, durationSeconds: 5 as const }));

  const { storyboard } = await make({ beats });

  expect(storyboard.plannedBy).toBe('brief');
  expect(formats()).toEqual([]);
});

test('a budget without the money for a plan is refused at the door, and one with it caps the rest', async () => {
  const refused = await fleet.startVideo(briefOfModel({ limits: { budgetUsd: 0.09 } }));
  expect(await refused.failure()).toMatchObject({
    type: 'InvalidRequest',
    message: expect.stringContaining('limits.budgetUsd is 0.09: at least 0.1') as string,
  });
  expect(formats()).toEqual([]);

  const short = await fleet.startVideo(briefOfModel({ limits: { budgetUsd: 0.1 } }));
  const { budget, phases, warnings } = await short.whenStatus('awaiting_budget');
  expect(budget?.capUsd).toBe(0.1);
  expect(budget?.spentUsd).toBeCloseTo((phases[0]?.costUsd ?? 0) + 2 * 0.003, 6);
  expect(warnings).toHaveLength(1);
});

function briefOfModel(more: Partial<BriefInput> = {}): BriefInput {
  return {
    prompt: 'A small lamp that remembers the light of the day',
    durationSeconds: 10,
    aspectRatio: '1:1',
    music: { enabled: false },
    models: { planner: 'gpt-5-mini' },
    ...more,
  };
}

interface MadeVideo {
  readonly video: Video;
  readonly result: VideoResult;
  readonly storyboard: Storyboard;
}

/** Makes a video to its end, and checks facts common to all videos. */
async function make(more: Partial<BriefInput> = {}): Promise<MadeVideo> {
  const video = await fleet.startVideo(briefOfModel(more));
  const result = await video.result();
  const key = `videos/${video.id}/storyboard-r1.json`;
  const { storyboard } = (await fleet.dependencies.store.getJson(key))?.value as Revision;
  expect(result.stills).toBe(storyboard.beats.length);
  expect(stillsOf(fleet.standIn)).toHaveLength(storyboard.beats.length);
  expect(storyboard.beats.reduce((sum, { keptSeconds }) => sum + keptSeconds, 0)).toBe(
    result.durationSeconds,
  );
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true });
  return { video, result, storyboard };
}

/** The format of each question to the language model. */
function formats(): string[] {
  return fleet.standIn.control.counters().chats.map(({ format }) => format);
}
