import { readDurationSeconds } from '../../workers/dev/stand-in/predictions/read-duration.ts';
import { models, withStandIn } from './stand-in-harness.ts';

test('a running prediction is canceled and stays so', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setBarrier();
    const { json } = await api.create(models.still);
    await control.waitFor({ held: 1 });
    const canceled = await api.send('POST', json.urls.cancel);
    expect(canceled.json).toMatchObject({
      status: 'canceled',
      output: null,
      completed_at: expect.any(String) as string,
    });
    expect(control.counters()).toMatchObject({ cancels: 1, held: 0, inFlight: { still: 0 } });
    control.release();
    expect((await api.send('GET', json.urls.get)).json.status).toBe('canceled');
  });
});

test('a prediction that has not started is aborted', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'slowStart', seconds: 60 } }]);
    const { json } = await api.create(models.clip);
    const aborted = (await api.send('POST', json.urls.cancel)).json;
    expect(aborted.status).toBe('aborted');
    expect(aborted).not.toHaveProperty('started_at');
  });
});

test('cancelling what has ended changes nothing', async () => {
  await withStandIn({}, async (api) => {
    const { json } = await api.create(models.still, {}, { prefer: 'wait' });
    expect((await api.send('POST', json.urls.cancel)).json).toEqual(json);
  });
});

test('Cancel-After gives a deadline that ends what never finishes, by whether it had started', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([
      { match: { promptIncludes: 'queued' }, fault: { type: 'slowStart', seconds: 60 } },
      { match: { promptIncludes: 'running' }, fault: { type: 'neverFinish' } },
    ]);
    const headers = { 'cancel-after': '5s' };
    const queued = (await api.create(models.still, { prompt: 'queued' }, headers)).json;
    const running = (await api.create(models.still, { prompt: 'running' }, headers)).json;
    expect(Date.parse(queued.deadline) - Date.parse(queued.created_at)).toBe(5000);
    await control.waitFor({ finished: 2 });
    expect((await api.send('GET', queued.urls.get)).json.status).toBe('aborted');
    expect((await api.send('GET', running.urls.get)).json.status).toBe('canceled');
  });
});

test('a Cancel-After under five seconds or of no duration is refused', async () => {
  await withStandIn({}, async (api, { control }) => {
    for (const header of ['4s', 'soon', '-5']) {
      expect((await api.create(models.still, {}, { 'cancel-after': header })).status).toBe(422);
    }
    expect(control.counters().creates).toBe(0);
  });
});

test.each([
  ['90s', 90],
  ['5m', 300],
  ['1h30m45s', 5445],
  ['30', 30],
  ['4s', undefined],
  ['', undefined],
  ['1.5h', undefined],
])('a duration of %p is %p seconds', (text, seconds) => {
  expect(readDurationSeconds(text)).toBe(seconds);
});
