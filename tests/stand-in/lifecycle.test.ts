import { setTimeout as sleep } from 'node:timers/promises';
import { models, outputUrl, withStandIn } from './stand-in-harness.ts';
import type { Body } from './stand-in-harness.ts';
import { findModel } from '../../workers/dev/stand-in/models/find-model.ts';

test('a prediction goes from starting over processing to succeeded', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setBarrier();
    const created = await api.create(models.still, { seed: 7 });
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({
      model: models.still,
      version: 'hidden',
      input: { prompt: 'a harbour at dawn', seed: 7 },
      output: null,
      error: null,
      status: 'starting',
      data_removed: false,
      source: 'api',
      urls: { get: created.headers['location'], cancel: `${String(created.headers['location'])}/cancel` },
    });
    await control.waitFor({ held: 1 });
    const processing = await api.send('GET', created.json.urls.get);
    expect(processing.json).toMatchObject({
      status: 'processing',
      output: null,
      started_at: expect.any(String) as string,
    });
    control.release();
    const done = await api.finished(created.json.id);
    expect(done).toMatchObject({ status: 'succeeded', completed_at: expect.any(String) as string });
    expect(done.metrics.predict_time).toBeLessThanOrEqual(done.metrics.total_time);
    expect(done.output).toEqual([expect.stringMatching(/\/files\/[a-z0-9]{26}-0\.webp$/)]);
  });
});

test('only the flux models with open weights answer with a list of outputs', async () => {
  await withStandIn({}, async (api) => {
    const wait = { prefer: 'wait' };
    const list = await api.create(models.still, { num_outputs: 3 }, wait);
    expect(list.json.output).toHaveLength(3);
    const single = await api.create('black-forest-labs/flux-kontext-pro', {}, wait);
    expect(single.json.output).toMatch(/\.png$/);
  });
});

test('Prefer: wait answers with the finished prediction, or with 202 when the time is up', async () => {
  await withStandIn({}, async (api, { control }) => {
    const done = await api.create(models.still, {}, { prefer: 'wait=30' });
    expect([done.status, done.json.status]).toEqual([201, 'succeeded']);
    control.setFaults([{ fault: { type: 'neverFinish' } }]);
    const late = await api.create(models.still, {}, { prefer: 'wait=1' });
    expect([late.status, late.json.status]).toEqual([202, 'processing']);
  });
});

test('a version may be a name, a name with a version or a version alone', async () => {
  await withStandIn({}, async (api) => {
    const musicgen = findModel('meta/musicgen')?.version ?? '';
    for (const version of [models.clip, `meta/musicgen:${musicgen}`, musicgen]) {
      const answer = await api.send('POST', '/v1/predictions', { body: { version, input: { prompt: 'x' } } });
      expect(answer.status).toBe(201);
    }
  });
});

test('a community model runs by its version only', async () => {
  await withStandIn({}, async (api) => {
    const body = { version: 'meta/musicgen', input: { prompt: 'x' } };
    expect((await api.send('POST', '/v1/predictions', { body })).status).toBe(422);
    expect((await api.create('meta/musicgen')).status).toBe(404);
  });
});

test.each([
  ['a missing prompt', { input: { prompt: '' } }, 'prompt is required'],
  ['an unknown field', { input: { prompt: 'x', first_image: 'y' } }, 'first_image'],
  ['a wrong type', { input: { prompt: 'x', seed: '7' } }, 'Expected: integer'],
  ['a value out of range', { input: { prompt: 'x', num_outputs: 5 } }, 'less than or equal to 4'],
  ['a value not in the list', { input: { prompt: 'x', aspect_ratio: '7:5' } }, 'must be one of'],
])('input with %s is refused with the field that is wrong', async (_, body, reason) => {
  await withStandIn({}, async (api, { control }) => {
    const answer = await api.send('POST', `/v1/models/${models.still}/predictions`, { body });
    expect(answer.status).toBe(422);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json).toMatchObject({ title: 'Input validation failed', status: 422 });
    expect(answer.json.invalid_fields[0]!.description).toContain(reason);
    expect(control.counters().creates).toBe(0);
  });
});

test('ten seconds at 1080p are refused although each alone is allowed', async () => {
  await withStandIn({}, async (api) => {
    // 1080p is this model's default.
    expect((await api.create(models.clip, { duration: 10 })).status).toBe(422);
    expect((await api.create(models.clip, { duration: 10, resolution: '768p' })).status).toBe(201);
  });
});

test('a request body with unknown fields, a bad webhook or no JSON is refused', async () => {
  await withStandIn({}, async (api) => {
    const path = `/v1/models/${models.still}/predictions`;
    const input = { prompt: 'x' };
    expect((await api.send('POST', path, { body: { input, extra: 1 } })).status).toBe(422);
    expect((await api.send('POST', path, { body: { input, webhook: 'nowhere' } })).status).toBe(422);
    expect((await api.send('POST', path, { body: {} })).status).toBe(422);
    expect((await api.send('POST', path, { body: Buffer.from('{') })).status).toBe(400);
  });
});

test('every API request needs the token, outputs do not', async () => {
  await withStandIn({ token: 'secret' }, async (api) => {
    const refused = await api.create(models.still);
    expect([refused.status, refused.json.title]).toEqual([401, 'Unauthenticated']);
    const headers = { authorization: 'Bearer secret' };
    const done = await api.create(models.still, {}, { ...headers, prefer: 'wait' });
    expect((await api.send('GET', outputUrl(done.json))).status).toBe(200);
    expect((await api.send('GET', '/v1/account', { headers })).json).toMatchObject({ type: 'user' });
    expect((await api.send('GET', '/v1/account')).status).toBe(401);
  });
});

test('a model is described with the schema its input is checked against', async () => {
  await withStandIn({}, async (api) => {
    const { json } = await api.send('GET', '/v1/models/google/veo-3');
    expect(json).toMatchObject({ owner: 'google', name: 'veo-3', is_official: true });
    const { Input } = json.latest_version.openapi_schema.components.schemas;
    expect(Input.required).toEqual(['prompt']);
    expect(Input.properties['duration']!.enum).toEqual([4, 6, 8]);
    expect((await api.send('GET', '/v1/models/nobody/nothing')).status).toBe(404);
  });
});

test('missing things are answered with 404', async () => {
  await withStandIn({}, async (api) => {
    for (const path of [
      '/v1/predictions/nothing',
      '/v1/nothing',
      '/files/nothing-0.png',
      '/v1/files/nothing',
    ]) {
      expect((await api.send('GET', path)).status).toBe(404);
    }
    expect((await api.create('nobody/nothing')).status).toBe(404);
  });
});

test('input and outputs vanish when the retention ends', async () => {
  await withStandIn({ outputRetentionSeconds: 0.1 }, async (api) => {
    const { json } = await api.create(models.still, {}, { prefer: 'wait' });
    const reading = async (): Promise<Body> => (await api.send('GET', json.urls.get)).json;
    while (!(await reading()).data_removed) await sleep(10);
    expect((await api.send('GET', outputUrl(json))).status).toBe(404);
    expect(await reading()).toMatchObject({ status: 'succeeded', output: null, input: {} });
  });
});

test('a file that another prediction still needs outlasts the retention of the first', async () => {
  await withStandIn({}, async (api, { control }) => {
    const [one, other] = [await api.create(models.still), await api.create(models.still)];
    const [first, second] = [await api.finished(one.json.id), await api.finished(other.json.id)];
    control.expire(first.id);
    expect((await api.send('GET', outputUrl(first))).status).toBe(404);
    expect((await api.send('GET', outputUrl(second))).status).toBe(200);
  });
});
