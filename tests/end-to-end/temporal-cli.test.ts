import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { temporalCli, temporalJson } from '../support/temporal-cli.ts';
import { until } from '../support/until.ts';
import { createVideo, type Video } from '../support/video.ts';

let fleet: Fleet;
let video: Video;
const videoId = `cli-${Date.now().toString(36)}`;

beforeAll(async () => {
  fleet = await startFleet();
  await runReadmeLine();
  video = createVideo(fleet.client, fleet.client.workflow.getHandle(videoId));
  await video.result();
});
afterAll(() => fleet.close());

test('the line of the README starts a video, and its result is one JSON object', async () => {
  const answer = await temporalJson('workflow', 'result', '--workflow-id', videoId);

  expect(answer).toMatchObject({
    status: 'COMPLETED',
    result: { videoId, status: 'succeeded', durationSeconds: 15 },
  });
});

test('a listing finds videos by phase, tenant, beats and cost', async () => {
  const query = `BeatreelPhase = 'succeeded' AND BeatreelTenant = 'default' AND BeatreelBeats < 4 AND BeatreelCostUsd > 0.6 AND WorkflowId = '${videoId}'`;
  const found = await until(
    async () => {
      const listed = (await temporalJson('workflow', 'list', '--query', query)) as readonly unknown[];
      return listed.length > 0 ? listed : undefined;
    },
    { what: `a video for ${query}` },
  );

  expect(found).toMatchObject([{ execution: { workflowId: videoId } }]);
});

test('the live details are a table of the phases with units done and cost', async () => {
  const { stdout } = await temporalCli('workflow', 'metadata', '--workflow-id', videoId);

  expect(stdout).toContain('| # | Phase | Status | Units done | Cost |');
  const { phases, beats = 0 } = await video.progress();
  const cost = (phases[1]?.costUsd ?? 0).toFixed(3);
  expect(stdout).toContain(`| 2 | storyboard | succeeded | ${beats}/${beats} | ${cost} USD |`);
  expect(stdout).toContain('**A brass lamp** is succeeded');
});

test('every call of an activity says what it is for', async () => {
  const { events } = (await temporalJson('workflow', 'show', '--workflow-id', videoId)) as {
    events: readonly { eventType: string; userMetadata?: { summary?: unknown } }[];
  };
  const calls = events.filter(({ eventType }) => eventType === 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED');
  const summaries = calls.map(({ userMetadata }) => readPayload(userMetadata?.summary));

  expect(summaries.filter((summary) => summary === undefined)).toEqual([]);
  for (const unit of [/^still 1\/\d: \w/, /^chunk 1\/\d: \w/, /^score$/]) {
    expect(summaries).toContainEqual(expect.stringMatching(unit));
  }
});

test('a retry by the Temporal CLI needs no words to run everything that failed', async () => {
  fleet.standIn.control.setFaults([{ match: { kind: 'still' }, fault: { type: 'fail' } }]);
  const parked = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  await parked.whenStatus('parked');

  const { exitCode, stdout } = await temporalCli(
    ...['workflow', 'update', 'execute', '--workflow-id', parked.id, '--name', 'retryUnits'],
  );

  expect(exitCode).toBe(0);
  expect(stdout).toContain('still-b1');
  await parked.when('stills accepted', ({ phase }) => phase === 'chunks');
});

test('a bad brief by the Temporal CLI fails with every field, its value and the rule', async () => {
  const id = `${videoId}-bad`;
  await start(id, { prompt: '', durationSeconds: 3, aspectRatio: '4:3', colour: 'red' });

  const bad = createVideo(fleet.client, fleet.client.workflow.getHandle(id));
  const failure = await bad.failure();
  const { stdout } = await temporalCli('workflow', 'result', '--workflow-id', id);

  expect(failure.type).toBe('InvalidRequest');
  for (const words of [
    'prompt is "": ',
    'durationSeconds is 3: at least 5',
    'aspectRatio is "4:3": one of 16:9, 9:16, 1:1',
    'colour is "red": no such field',
  ]) {
    expect(failure.message).toContain(words);
  }
  expect(failure.nonRetryable).toBe(true);
  expect(stdout).toContain(failure.message);
  expect((failure.details?.[0] as { field: string }[]).map(({ field }) => field).toSorted()).toEqual([
    'aspectRatio',
    'colour',
    'durationSeconds',
    'prompt',
  ]);
  expect(fleet.standIn.control.counters().predictions.some(({ input }) => input['prompt'] === '')).toBe(
    false,
  );
});

test('a video id that could not be a folder is refused', async () => {
  const id = `Bad/Id ${videoId}`;
  await start(id, briefOf(1));

  const failure = await createVideo(fleet.client, fleet.client.workflow.getHandle(id)).failure();

  expect(failure.type).toBe('InvalidRequest');
  expect(failure.message).toContain('1–64 of a-z, 0-9 and -');
});

test('a reset to before the plan makes the same video and buys nothing again', async () => {
  const done = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  const before = await done.result();
  const { createRequests } = fleet.standIn.control.counters();

  const { exitCode, stderr } = await temporalCli(
    ...['workflow', 'reset', '--workflow-id', done.id, '--type', 'FirstWorkflowTask', '--reason', 'a test'],
  );
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  const after = await done.result();

  expect(after.video).toEqual(before.video);
  expect(after.costUsd).toBe(before.costUsd);
  expect(fleet.standIn.control.counters().createRequests).toBe(createRequests);
});

/** Runs the command that the README shows, on the queue of this fleet and under an id of this test. */
async function runReadmeLine(): Promise<void> {
  const readme = await readFile(join(packageRoot(), 'README.md'), 'utf8');
  const shown = /^temporal (workflow start (?:.*\\\n)*.*)$/m.exec(readme)?.[1] ?? '';
  const line = shown.replace('beatreel-orchestrator', fleet.taskQueue).replace('my-video', videoId);
  expect(line).toContain(videoId);
  await execa('bash', ['-c', `"$TEMPORAL_CLI" ${line}`]);
}

async function start(workflowId: string, input: unknown): Promise<void> {
  const { exitCode, stderr } = await temporalCli(
    ...['workflow', 'start', '--type', 'generateVideo', '--task-queue', fleet.taskQueue],
    ...['--workflow-id', workflowId, '--input', JSON.stringify(input)],
  );
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
}

/** The CLI shows payloads decoded where it can, in base64 where it cannot. */
function readPayload(payload: unknown): string | undefined {
  if (typeof payload === 'string') return payload;
  const data = (payload as { data?: string } | undefined)?.data;
  return data === undefined ? undefined : (JSON.parse(Buffer.from(data, 'base64').toString()) as string);
}
