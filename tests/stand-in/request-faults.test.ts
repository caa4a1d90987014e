import { models, withStandIn } from './stand-in-harness.ts';

test('throttling answers 429 in the words of the host, with and without Retry-After', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([
      { fault: { type: 'throttle', retryAfterSeconds: 30 } },
      { match: { nth: 2 }, fault: { type: 'throttle', retryAfterSeconds: 7, header: false } },
    ]);
    const first = await api.create(models.still);
    expect([first.status, first.headers['retry-after']]).toEqual([429, '30']);
    expect(first.json).toEqual({ detail: 'Request was throttled. Your rate limit resets in ~30s.' });
    const second = await api.create(models.still);
    expect([second.status, second.headers['retry-after']]).toEqual([429, undefined]);
    expect(second.json.detail).toContain('~7s');
    expect((await api.create(models.still)).status).toBe(201);
    expect(control.counters()).toMatchObject({ creates: 1, createRequests: 3, answers: { 429: 2, 201: 1 } });
  });
});

test.each([
  ['insufficientCredit', 402],
  ['unauthorized', 401],
  ['invalid', 422],
  ['serverError', 500],
] as const)('%s answers %i and creates nothing', async (type, status) => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type } }]);
    const answer = await api.create(models.still);
    expect([answer.status, typeof answer.json.detail]).toEqual([status, 'string']);
    expect(control.counters().creates).toBe(0);
  });
});

test('a server error after accepting leaves a paid prediction behind', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'serverError', status: 502, when: 'after' } }]);
    expect((await api.create(models.still)).status).toBe(502);
    expect((await api.send('GET', '/v1/predictions')).json.results).toHaveLength(1);
  });
});

test('a lost reply leaves a paid prediction behind that the list shows', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'loseReply' } }]);
    await expect(api.create(models.still, { seed: 99 })).rejects.toThrow();
    const { results } = (await api.send('GET', '/v1/predictions')).json;
    expect(results).toEqual([expect.objectContaining({ input: { prompt: 'a harbour at dawn', seed: 99 } })]);
  });
});

test('a connection reset before accepting creates nothing', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'connectionReset' } }]);
    await expect(api.create(models.still)).rejects.toThrow();
    expect(control.counters()).toMatchObject({ creates: 0, createRequests: 1 });
  });
});

test('malformed JSON comes with a status that promises well', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'malformedJson' } }]);
    const answer = await api.create(models.still);
    expect([answer.status, answer.json]).toEqual([201, undefined]);
    expect(answer.bytes.toString()).toMatch(/^\{"id":/);
    expect(control.counters().creates).toBe(1);
  });
});

test('a delayed reply comes after the prediction was accepted', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'delayReply', seconds: 0.2, when: 'after' } }]);
    const answering = api.create(models.still);
    await control.waitFor({ creates: 1 });
    expect(control.counters().answers).toEqual({});
    expect((await answering).status).toBe(201);
  });
});

test('a rule strikes from the nth matching request on, as often as it says', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([
      { match: { kind: 'clip', nth: 2 }, times: 2, fault: { type: 'serverError', status: 503 } },
      { match: { promptIncludes: 'storm' }, times: 'always', fault: { type: 'insufficientCredit' } },
    ]);
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) {
      expect((await api.create(models.still)).status).toBe(201);
      statuses.push((await api.create(models.clip)).status);
    }
    expect(statuses).toEqual([201, 503, 503, 201]);
    expect((await api.create(models.still, { prompt: 'a storm' })).status).toBe(402);
    expect((await api.create(models.still, { prompt: 'a storm' })).status).toBe(402);
    expect(control.faults().map(({ seen, struck }) => [seen, struck])).toEqual([
      [4, 2],
      [2, 2],
    ]);
  });
});

test('reads, lists and cancels can fail, too', async () => {
  await withStandIn({}, async (api, { control }) => {
    const { json } = await api.create(models.still);
    control.setFaults([
      { match: { operation: 'get', prediction: json.id }, fault: { type: 'throttle' } },
      { match: { operation: 'get', nth: 2 }, fault: { type: 'malformedJson' } },
      { match: { operation: 'list' }, fault: { type: 'serverError', status: 503 } },
      { match: { operation: 'cancel' }, fault: { type: 'loseReply' } },
    ]);
    expect((await api.send('GET', json.urls.get)).status).toBe(429);
    expect((await api.send('GET', json.urls.get)).json).toBeUndefined();
    expect((await api.send('GET', json.urls.get)).status).toBe(200);
    expect((await api.send('GET', '/v1/predictions')).status).toBe(503);
    await expect(api.send('POST', json.urls.cancel)).rejects.toThrow();
  });
});

test('a rule that does not exist is refused', async () => {
  await withStandIn({}, async (api, { control }) => {
    expect(() => {
      control.setFaults([{ fault: { type: 'explode' } as never }]);
    }).toThrow();
    const answer = await api.send('POST', '/_stand-in/faults', { body: [{ fault: { type: 'explode' } }] });
    expect(answer.status).toBe(422);
  });
});

test('an account without credit is refused every create but the first, and again one after the time it was told', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setRateLimit({ perMinute: 6 });
    expect((await api.create(models.still)).status).toBe(201);
    const refused = await api.create(models.still);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, undefined]);
    expect(refused.json.detail).toBe('Request was throttled. Your rate limit resets in ~10s.');
    await api.send('POST', '/_stand-in/rate-limit', { body: { perMinute: 6, burst: 2, header: true } });
    const answers = [
      await api.create(models.still),
      await api.create(models.still),
      await api.create(models.still),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 429]);
    expect(answers[2]?.headers['retry-after']).toBe('10');
    await api.send('POST', '/_stand-in/rate-limit', { body: null });
    expect((await api.create(models.still)).status).toBe(201);
  });
});
