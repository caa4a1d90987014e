import { defaultPayloadConverter } from '@temporalio/common';

import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { briefOf } from '../support/briefs.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet();
});
afterAll(() => fleet.close());

/** Starts through the client's raw gRPC service, so that any bytes can be sent. */
async function startWith(data: Uint8Array, encoding: string) {
  const workflowId = `hopeless-${Math.random().toString(36).slice(2, 10)}`;
  await fleet.client.workflowService.startWorkflowExecution({
    namespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default',
    workflowId,
    requestId: workflowId,
    workflowType: { name: 'generateVideo' },
    taskQueue: { name: fleet.taskQueue },
    input: { payloads: [{ metadata: { encoding: Buffer.from(encoding) }, data }] },
  });
  return fleet.client.workflow.getHandle(workflowId);
}

test('a brief of 50,000 unknown fields is refused once, with the first 20 and their number', async () => {
  const strange = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`f${index}`, 1]));
  const video = await fleet.startVideo({ ...briefOf(1), ...strange });

  const { message, details } = await video.failure();

  expect(message).toContain('f19 is 1: no such field');
  expect(message).not.toContain('f20 ');
  expect(message).toContain('50000 problems in all');
  expect(message.length).toBeLessThan(4_000);
  expect(details?.[0]).toHaveLength(21);
  expect(await video.attemptsOf('acceptBrief')).toEqual([1]);
});

test('a brief of more than 1 MiB is refused once, unread', async () => {
  const payload = defaultPayloadConverter.toPayload({ ...briefOf(1), prompt: 'x'.repeat(1_100_000) });
  const handle = await startWith(payload.data ?? Buffer.alloc(0), 'json/plain');

  await expect(handle.result()).rejects.toMatchObject({
    cause: { message: expect.stringContaining('at most 1048576 bytes') as string },
  });
});

test.each(['workflowRunTimeout', 'workflowExecutionTimeout'])(
  'a video with a %s is refused, because that would end it without cleaning up',
  async (timeout) => {
    const workflowId = `hopeless-${Math.random().toString(36).slice(2, 10)}`;
    const options = { workflowId, taskQueue: fleet.taskQueue, args: [briefOf(1)], [timeout]: '1 hour' };
    const handle = await fleet.client.workflow.start('generateVideo', options);

    await expect(handle.result()).rejects.toMatchObject({
      cause: { type: 'InvalidRequest', message: expect.stringContaining('takes no run timeout') as string },
    });
  },
);

test.each([
  ['a form that nobody knows', 'binary/encrypted', 'Unknown encoding'],
  ['text that is no JSON', 'json/plain', 'JSON'],
])('a brief in %s is refused in its first task', async (_form, encoding, reason) => {
  const handle = await startWith(Buffer.from('{"prompt":'), encoding);

  await expect(handle.result()).rejects.toMatchObject({
    cause: {
      type: 'InvalidRequest',
      message: expect.stringMatching(new RegExp(`cannot be decoded .*${reason}`)) as string,
    },
  });
});

test('a video under the id of a host account is refused', async () => {
  const workflowId = `${fleet.taskQueue.replace(/-orchestrator$/, '')}-account-replicate`;
  const options = { workflowId, taskQueue: fleet.taskQueue, args: [briefOf(1)] };
  const handle = await fleet.client.workflow.start('generateVideo', options);

  await expect(handle.result()).rejects.toMatchObject({
    cause: { message: `The id ${workflowId} is that of a host account; choose another one for the video.` },
  });
});
