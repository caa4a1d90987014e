import type { BriefInput } from '../../client/index.ts';
import { BeatreelClient, ServerBusy } from '../../client/index.ts';
import { Outages } from '../../client/videos/outages.ts';
import { until } from '../local-stack/until.ts';
import { createFakeWorld, type FakeWorld } from './support/fake-world.ts';
import { type Fleet, startFleet } from './support/start-fleet.ts';
import { type GrpcProxy, type ProxyAnswer, startGrpcProxy } from './support/start-grpc-proxy.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

const brief: BriefInput = { prompt: 'Rain on a tin roof', durationSeconds: 10 };
const throttling = { grpc: 8, details: 'namespace rate limit exceeded' };

let temporal: TestTemporal;
let fleet: Fleet;
let world: FakeWorld;
let proxy: GrpcProxy;

beforeAll(async () => {
  temporal = await startTemporalServer();
  world = createFakeWorld();
  fleet = await startFleet(temporal.address, world.activities);
  proxy = await startGrpcProxy(temporal.address);
});

afterEach(() => {
  proxy.answer = undefined;
  proxy.only = /(?:)/;
  world.release();
});

afterAll(async () => {
  await proxy.stop();
  await fleet.stop();
  await temporal.stop();
});

/** @param retries whether the SDK repeats calls, which takes seconds */
async function connect(retries: boolean): Promise<BeatreelClient> {
  const interceptors = retries ? {} : { interceptors: [] };
  return BeatreelClient.connect({
    temporal: { connectionOptions: { address: proxy.address, ...interceptors } },
    taskQueue: fleet.taskQueue,
  });
}

/** Waits for and watches a running video while its server gives this answer this many times. */
async function followThrough(client: BeatreelClient, answer: ProxyAnswer, times: number): Promise<string[]> {
  world.hold();
  const { videoId } = await client.start(brief);
  const silences: string[] = [];
  const watching = (async () => {
    const onSilence = ({ message }: Error) => {
      silences.push(message);
    };
    for await (const { status } of client.watch(videoId, { intervalMs: 50, onSilence }))
      if (status !== 'running') return status;
    return 'none';
  })();
  const waiting = client.wait(videoId);
  for (const promise of [watching, waiting]) promise.catch(() => undefined);
  const before = proxy.answered;
  proxy.answer = answer;
  // The SDK retries calls for a while.
  await until(
    'the server was asked again and again, and the watcher heard of it',
    () => proxy.answered >= before + times && silences.length > 0,
  );
  proxy.answer = undefined;
  world.release();
  await expect(waiting).resolves.toMatchObject({ status: 'succeeded' });
  await expect(watching).resolves.toBe('succeeded');
  return silences;
}

test('who waits or watches waits out a server that throttles, and hears of it once', async () => {
  const client = await connect(true);
  const silences = await followThrough(client, throttling, 8);
  expect(silences).toEqual([expect.stringMatching(/throttles namespace default .*namespaceRPS/)]);
  await client.close();
});

test.each<[string, ProxyAnswer]>([
  ['UNAVAILABLE', { grpc: 14, details: 'shutting down' }],
  ['DEADLINE_EXCEEDED', { grpc: 4, details: 'context deadline exceeded' }],
  ['ABORTED', { grpc: 10, details: 'shard moved' }],
  ['INTERNAL', { grpc: 13, details: 'upstream reset' }],
  ['UNKNOWN', { grpc: 2, details: 'persistence is away' }],
  ['502 of a gateway', { http: 502 }],
  ['504 of a gateway', { http: 504 }],
  ['500 of a gateway', { http: 500 }],
  ['400 of a gateway', { http: 400 }],
])('who waits or watches waits out %s', async (_, answer) => {
  const client = await connect(false);
  expect(await followThrough(client, answer, 6)).toHaveLength(1);
  await client.close();
});

test('every other call says that Temporal throttles, and what to do', async () => {
  const client = await connect(true);
  world.hold();
  const { videoId } = await client.start(brief);
  proxy.answer = throttling;
  const calls = [
    ...[client.start(brief), client.status(videoId), client.retry(videoId), client.cancel(videoId)],
    ...[client.list(), client.result(videoId), client.raiseBudget(videoId, 2), client.estimate(brief)],
  ];
  const outcomes = await Promise.allSettled(calls);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: {
        code: 'ServerBusy',
        message: expect.stringMatching(/ failed: Temporal at .* throttles .*Wait a minute/) as unknown,
      },
    });
  }
  await expect(connect(true)).rejects.toMatchObject({ code: 'ServerBusy' });
  await client.close();
});

test('a query that is throttled is not taken for a worker that is away', async () => {
  const client = await connect(true);
  world.hold();
  const { videoId } = await client.start(brief);
  proxy.only = /QueryWorkflow/;
  proxy.answer = throttling;
  await expect(client.status(videoId)).rejects.toMatchObject({ code: 'ServerBusy' });
  await client.close();
});

test('a message that is too large is no throttling', async () => {
  const client = await connect(true);
  proxy.answer = { grpc: 8, details: 'grpc: received message larger than max (5000000 vs. 4194304)' };
  await expect(client.start(brief)).rejects.toMatchObject({ code: 'RequestFailed' });
  await client.close();
});

test('outages bridges six hours, asks less and less often, and then throws what it heard', async () => {
  const hourMs = 3_600_000;
  let hours = 0;
  const outages = new Outages(undefined, () => hours * hourMs);
  const busy = new ServerBusy('throttled');
  for (const [index, later] of [0, 1, 2, 3, 4, 5, 5.9].entries()) {
    hours = later;
    await expect(outages.ask(() => Promise.reject(busy))).resolves.toBeUndefined();
    const rest = outages.pauseMs(1_000);
    const longest = Math.min(30_000, 1_000 * 2 ** (index + 1));
    expect(rest).toBeGreaterThanOrEqual(longest / 2);
    expect(rest).toBeLessThanOrEqual(longest);
  }
  hours = 6.1;
  await expect(outages.ask(() => Promise.reject(busy))).rejects.toBe(busy);
  expect(await outages.ask(() => Promise.resolve('there'))).toBe('there');
  expect(outages.pauseMs(1_000)).toBe(1_000);
});
