import { models, withStandIn } from './stand-in-harness.ts';

test('the counters know every create by kind and model, and how many were live at most', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setBarrier();
    await api.create(models.still);
    await api.create(models.still);
    await api.create(models.clip);
    await api.create(models.score);
    await control.waitFor({ held: 4 });
    expect(control.counters().inFlight).toEqual({ still: 2, clip: 1, score: 1 });
    control.release();
    await control.waitFor({ finished: 4 });
    await api.create(models.still, {}, { prefer: 'wait' });
    expect(control.counters()).toMatchObject({
      creates: 5,
      createsByKind: { still: 3, clip: 1, score: 1 },
      createsByModel: { [models.still]: 3, [models.clip]: 1, [models.score]: 1 },
      inFlight: { still: 0, clip: 0, score: 0 },
      maxInFlight: { still: 2, clip: 1, score: 1 },
    });
  });
});

test('every prediction is listed in order, with its input and its times', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setBarrier({ kind: 'still' });
    await api.create(models.still, { seed: 1 });
    await api.create('google/veo-3', { seed: 2 }, { prefer: 'wait' });
    control.release();
    const { predictions, finishOrder } = await control.waitFor({ finished: 2 });
    expect(predictions.map(({ input }) => input['seed'])).toEqual([1, 2]);
    expect(finishOrder).toEqual([predictions[1]!.id, predictions[0]!.id]);
    for (const { createdAtMs, finishedAtMs } of predictions)
      expect(finishedAtMs).toBeGreaterThanOrEqual(createdAtMs);
  });
});

test('a barrier opens by itself when enough of its kind are live', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setBarrier({ count: 3, kind: 'still' });
    await api.create(models.still);
    await api.create(models.still);
    const clip = await api.create(models.clip, {}, { prefer: 'wait' });
    expect(clip.json.status).toBe('succeeded');
    await control.waitFor({ held: 2 });
    expect(control.counters().inFlight.still).toBe(2);
    await api.create(models.still);
    const { held, maxInFlight } = await control.waitFor({ finished: 4 });
    expect([held, maxInFlight.still]).toEqual([0, 3]);
  });
});

test('latencies can be set by kind, by rule or as a function, for what is created from then on', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setLatency({ still: 0.2, rules: [{ match: { promptIncludes: 'slow' }, seconds: 0.4 }] });
    const wait = { prefer: 'wait' };
    const usual = (await api.create(models.still, {}, wait)).json;
    const slow = (await api.create(models.still, { prompt: 'slow' }, wait)).json;
    expect(usual.metrics.total_time).toBeGreaterThanOrEqual(0.199);
    expect(slow.metrics.total_time).toBeGreaterThanOrEqual(0.399);
    control.setLatency(({ input }) => Number(input['seed']) / 10);
    const seeded = (await api.create(models.still, { seed: 3 }, wait)).json;
    expect(seeded.metrics.total_time).toBeGreaterThanOrEqual(0.299);
  });
});

test('a reset forgets predictions, counters and faults', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ times: 'always', fault: { type: 'neverFinish' } }]);
    const { json } = await api.create(models.still);
    await control.reset();
    expect(control.counters()).toMatchObject({
      creates: 0,
      createRequests: 0,
      predictions: [],
      inFlight: { still: 0 },
    });
    expect((await api.send('GET', json.urls.get)).status).toBe(404);
    expect((await api.create(models.still, {}, { prefer: 'wait' })).json.status).toBe('succeeded');
  });
});

test('waiting for what does not happen says how far it came', async () => {
  await withStandIn({}, async (_, { control }) => {
    await expect(control.waitFor({ creates: 1, timeoutSeconds: 0.05 })).rejects.toThrow(
      /"creates":1.*"creates":0/,
    );
  });
});

test('the same control is there over HTTP', async () => {
  await withStandIn({ token: 'secret' }, async (api) => {
    const post = (name: string, body: unknown) => api.send('POST', `/_stand-in/${name}`, { body });
    await post('latency', { still: 0.01 });
    await post('barrier', { count: 5 });
    expect((await post('faults', [{ match: { nth: 2 }, fault: { type: 'throttle' } }])).json).toHaveLength(1);
    const headers = { authorization: 'Bearer secret' };
    expect((await api.create(models.still, {}, headers)).status).toBe(201);
    expect((await api.create(models.still, {}, headers)).status).toBe(429);
    expect((await post('wait', { held: 1 })).json).toMatchObject({ held: 1 });
    await post('release', {});
    const { json } = await post('wait', { finished: 1 });
    expect((await api.send('GET', '/_stand-in/counters')).json).toMatchObject({
      creates: 1,
      createRequests: 2,
    });
    await post('expire', { prediction: json.predictions[0]!.id });
    expect((await api.send('GET', '/_stand-in/faults')).json).toMatchObject([{ seen: 2, struck: 1 }]);
    await post('reset', {});
    expect((await api.send('GET', '/_stand-in/counters')).json.creates).toBe(0);
    expect((await post('barrier', { count: -1 })).status).toBe(422);
  });
});
