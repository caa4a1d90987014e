import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { models, outputUrl } from './stand-in-harness.ts';
import { withProcesses } from './stand-in-process.ts';

test('after a SIGKILL every accepted prediction is there and is finished by the next start', async () => {
  await withProcesses(async (start) => {
    const first = await start(0, ['--still-seconds', '1']);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, seed) => first.api.create(models.still, { seed })),
    );
    await first.end('SIGKILL');
    const second = await start(first.port);
    const ends = await Promise.all(answers.map(({ json }) => second.api.finished(json.id)));
    expect(ends.map(({ status }) => status)).toEqual(Array(20).fill('succeeded'));
    expect(ends.map(({ input }) => input.seed)).toEqual(Array.from({ length: 20 }, (_, seed) => seed));
    expect((await second.api.send('GET', outputUrl(ends[3]!))).status).toBe(200);
    const counters = (await second.api.send('GET', '/_stand-in/counters')).json;
    expect(counters).toMatchObject({ creates: 20, createsByKind: { still: 20 }, inFlight: { still: 0 } });
  });
});

test('a finished prediction keeps its output over a restart, the webhook secret too', async () => {
  await withProcesses(async (start) => {
    const first = await start(0, ['--still-seconds', '0']);
    const { json } = await first.api.create(models.still, {}, { prefer: 'wait' });
    const file = await first.api.send('GET', outputUrl(json));
    const secret = (await first.api.send('GET', '/v1/webhooks/default/secret')).json.key;
    await first.end('SIGKILL');
    const second = await start(first.port);
    const again = await second.api.send('GET', outputUrl(json));
    expect(again.bytes.equals(file.bytes)).toBe(true);
    expect(again.headers['etag']).toBe(file.headers['etag']);
    expect((await second.api.send('GET', json.urls.get)).json).toEqual(json);
    expect((await second.api.send('GET', '/v1/webhooks/default/secret')).json.key).toBe(secret);
  });
});

test('a line that a kill left half written is cut off', async () => {
  await withProcesses(async (start, folder) => {
    const first = await start(0, ['--still-seconds', '0']);
    const { json } = await first.api.create(models.still, {}, { prefer: 'wait' });
    await first.end('SIGKILL');
    const journal = join(folder, 'predictions.jsonl');
    await writeFile(journal, `${await readFile(journal, 'utf8')}{"created":{"id":"half`);
    const second = await start(first.port);
    await second.api.create(models.still, {}, { prefer: 'wait' });
    await second.end('SIGKILL');
    const third = await start(first.port);
    const { results } = (await third.api.send('GET', '/v1/predictions')).json;
    expect(results).toHaveLength(2);
    expect(results[1]!.id).toBe(json.id);
  });
});

test('SIGTERM ends the process at once, ffmpeg included, and the token comes from the environment', async () => {
  await withProcesses(async (start, folder) => {
    const { end, api } = await start(0, ['--drawing', 'full', '--token-env', 'STAND_IN_TOKEN']);
    expect((await api.create(models.still)).status).toBe(401);
    const headers = { authorization: 'Bearer secret' };
    expect((await api.create(models.clip, {}, headers)).status).toBe(201);
    while (!(await readdir(join(folder, 'renders'))).some((name) => name.endsWith('.mp4'))) {
      await sleep(20);
    }
    expect(await end('SIGTERM')).toBe(0);
    expect((await readdir(join(folder, 'renders'))).filter((name) => name.startsWith('unfinished'))).toEqual(
      [],
    );
  });
});
