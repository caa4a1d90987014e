import { bigOutputBytes } from '../../workers/dev/stand-in/outputs/big-output.ts';
import { models, outputUrl, withStandIn } from './stand-in-harness.ts';

const wait = { prefer: 'wait' };

test('a refused prediction fails with the words of the content filter', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ match: { promptIncludes: 'harbour' }, fault: { type: 'refuse' } }]);
    const { json } = await api.create(models.still, {}, wait);
    expect(json).toMatchObject({ status: 'failed', output: null });
    expect(json.error).toMatch(/flagged as sensitive.*E005/);
  });
});

test('a prediction can fail with a given error', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'fail', error: 'CUDA out of memory (E1001)' } }]);
    const { json } = await api.create(models.clip, {}, wait);
    expect(json).toMatchObject({ status: 'failed', error: 'CUDA out of memory (E1001)' });
  });
});

test('a prediction that never finishes stays in flight', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'neverFinish' } }]);
    const { json } = await api.create(models.clip);
    await control.waitFor({ started: 1 });
    await api.create(models.clip, {}, wait);
    expect((await api.send('GET', json.urls.get)).json.status).toBe('processing');
    expect(control.counters().inFlight).toEqual({ still: 0, clip: 1, score: 0 });
  });
});

test('a prediction can succeed without an output', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([
      { fault: { type: 'emptyOutput' } },
      { match: { nth: 2 }, fault: { type: 'emptyOutput', value: [] } },
    ]);
    expect((await api.create(models.still, {}, wait)).json).toMatchObject({
      status: 'succeeded',
      output: null,
    });
    expect((await api.create(models.still, {}, wait)).json).toMatchObject({
      status: 'succeeded',
      output: [],
    });
  });
});

test('a prediction can give more outputs than were asked for', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'extraOutput', extra: 2 } }]);
    const { json } = await api.create(models.clip, {}, wait);
    expect(new Set(json.output).size).toBe(3);
    for (const url of [json.output].flat()) expect((await api.send('GET', url)).status).toBe(200);
  });
});

test('an output can be of another kind, labelled honestly or not', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([
      { fault: { type: 'wrongType' } },
      { match: { nth: 2 }, fault: { type: 'wrongType', label: 'as-expected' } },
    ]);
    const types: unknown[] = [];
    for (let index = 0; index < 2; index += 1) {
      const { json } = await api.create(models.clip, {}, wait);
      const file = await api.send('GET', outputUrl(json));
      expect(file.bytes.toString('latin1', 1, 4)).toBe('PNG');
      types.push(file.headers['content-type']);
    }
    expect(types).toEqual(['image/png', 'video/mp4']);
  });
});

test('a big output has the right magic bytes, blocks that tell their number, and ranges', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type: 'bigOutput', sizeMiB: 3 } }]);
    const { json } = await api.create(models.clip, {}, wait);
    const whole = await api.send('GET', outputUrl(json));
    expect(whole.bytes.length).toBe(3 * 1024 * 1024);
    expect(whole.bytes.toString('latin1', 4, 8)).toBe('ftyp');
    expect(whole.bytes.readUInt32BE(500 * 4096)).toBe(500);
    const part = await api.send('GET', outputUrl(json), { headers: { range: 'bytes=1000001-1500000' } });
    expect(part.status).toBe(206);
    expect(part.bytes.equals(whole.bytes.subarray(1_000_001, 1_500_001))).toBe(true);
    const made = Buffer.concat([...bigOutputBytes('video/mp4', { start: 0, end: whole.bytes.length })]);
    expect(made.equals(whole.bytes)).toBe(true);
  });
});
