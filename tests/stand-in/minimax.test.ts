import type { Answer, Api } from './stand-in-harness.ts';
import { withStandIn } from './stand-in-harness.ts';

const footage = {
  model: 'MiniMax-Hailuo-02',
  prompt: 'A lamp turns on',
  duration: 6,
  resolution: '768P',
};
const picture = { model: 'image-01', prompt: 'A lamp', aspect_ratio: '16:9', n: 1, response_format: 'url' };
const music = { model: 'music-2.6', prompt: 'A quiet piano', is_instrumental: true, output_format: 'url' };

test('footage is a task that ends in a file, whose number is more than JavaScript holds', async () => {
  await withStandIn({}, async (api, standIn) => {
    const { task_id: task } = read(await api.send('POST', '/v1/video_generation', { body: footage }));
    await standIn.control.waitFor({ finished: 1 });
    const { bytes } = await api.send('GET', `/v1/query/video_generation?task_id=${task}`);
    const fileId = /"file_id":(\d+)/.exec(bytes.toString())?.[1] ?? '';

    const { file } = read(await api.send('GET', `/v1/files/retrieve?file_id=${fileId}`));
    const output = await api.send('GET', file?.download_url ?? '');

    expect(Number.isSafeInteger(Number(fileId))).toBe(false);
    expect(output.headers['content-type']).toBe('video/mp4');
    expect(output.bytes.byteLength).toBe(file?.bytes);
  });
});

test('pictures and music are the answer to their order, after as long as they take', async () => {
  await withStandIn({ stillSeconds: 0.3, scoreSeconds: 0.3 }, async (api, standIn) => {
    const began = performance.now();
    const drawn = read(await api.send('POST', '/v1/image_generation', { body: picture }));
    const played = read(await api.send('POST', '/v1/music_generation', { body: music }));

    expect(performance.now() - began).toBeGreaterThan(600);
    expect(drawn).toMatchObject({ metadata: { success_count: '1', failed_count: '0' } });
    const types = await Promise.all(
      [drawn.data?.image_urls?.[0], played.data?.audio].map(
        async (url = '') => (await api.send('GET', url)).headers['content-type'],
      ),
    );
    expect(types).toEqual(['image/jpeg', 'audio/mpeg']);
    expect(standIn.control.counters()).toMatchObject({
      creates: 2,
      createsByModel: { 'image-01': 1, 'music-2.6': 1 },
    });
  });
});

test.each<[string, object, number]>([
  ['throttled', { type: 'throttle', retryAfterSeconds: 3 }, 1002],
  ['without credit', { type: 'insufficientCredit' }, 1008],
  ['with a wrong key', { type: 'unauthorized' }, 1004],
  ['with a wrong input', { type: 'invalid' }, 2013],
  ['refused by the filter', { type: 'refuse' }, 1026],
])('an order %s is answered with 200 and the code of MiniMax', async (_what, fault, code) => {
  await withStandIn({}, async (api, standIn) => {
    standIn.control.setFaults([{ fault: fault as never }]);

    const answer = await api.send('POST', '/v1/image_generation', { body: picture });

    expect([answer.status, read(answer).base_resp?.status_code]).toEqual([200, code]);
  });
});

test.each<[string, string, object]>([
  ['a model of another call', '/v1/video_generation', { ...footage, model: 'image-01' }],
  ['a model of Replicate', '/v1/video_generation', { ...footage, model: 'minimax/hailuo-02' }],
  ['a length it does not make', '/v1/video_generation', { ...footage, duration: 8 }],
  ['10 s at 1080P', '/v1/video_generation', { ...footage, duration: 10, resolution: '1080P' }],
  ['a field it does not know', '/v1/image_generation', { ...picture, size: 'large' }],
  ['too long a prompt', '/v1/image_generation', { ...picture, prompt: 'x'.repeat(1501) }],
  ['a song without words', '/v1/music_generation', { ...music, is_instrumental: false }],
])('an order of %s is refused as invalid, and counted as a request alone', async (_what, path, body) => {
  await withStandIn({}, async (api, standIn) => {
    expect(read(await api.send('POST', path, { body })).base_resp).toMatchObject({ status_code: 2013 });
    expect(standIn.control.counters()).toMatchObject({ creates: 0, createRequests: 1 });
  });
});

test('a key is asked for by every call, and a wrong one is 1004 in an answer of 200', async () => {
  await withStandIn({ token: 'sk-right' }, async (api) => {
    const bare = await api.send('GET', '/v1/query/video_generation?task_id=1');
    const wrong = await order(api, { authorization: 'Bearer sk-wrong' });
    const right = await order(api, { authorization: 'Bearer sk-right' });

    expect([bare.status, read(bare).base_resp?.status_code]).toEqual([200, 1004]);
    expect([wrong.base_resp?.status_code, right.base_resp?.status_code]).toEqual([1004, 0]);
  });
});

test('footage that the filter refuses fails as a task, and a lost reply was counted', async () => {
  await withStandIn({}, async (api, standIn) => {
    standIn.control.setFaults([{ fault: { type: 'refuse' } }, { fault: { type: 'loseReply' } }]);
    await expect(api.send('POST', '/v1/video_generation', { body: footage })).rejects.toThrow();
    const [lost] = (await standIn.control.waitFor({ finished: 1 })).predictions;

    const task = read(await api.send('GET', `/v1/query/video_generation?task_id=${lost?.id ?? ''}`));

    expect(task).toMatchObject({ status: 'Fail', base_resp: { status_code: 1026 } });
    expect(standIn.control.counters().creates).toBe(1);
  });
});

test('Replicate’s list does not show what was ordered from MiniMax', async () => {
  await withStandIn({}, async (api) => {
    await api.send('POST', '/v1/video_generation', { body: footage });

    expect((await api.send('GET', '/v1/predictions')).json.results).toEqual([]);
  });
});

test('a file whose retention is over is known no more', async () => {
  await withStandIn({}, async (api, standIn) => {
    const { task_id: task = '' } = read(await api.send('POST', '/v1/video_generation', { body: footage }));
    await standIn.control.waitFor({ finished: 1 });
    standIn.control.expire(task);
    const { bytes } = await api.send('GET', `/v1/query/video_generation?task_id=${task}`);
    const fileId = /"file_id":(\d+)/.exec(bytes.toString())?.[1] ?? '';

    const gone = read(await api.send('GET', `/v1/files/retrieve?file_id=${fileId}`));

    expect(gone.base_resp).toMatchObject({ status_code: 2013 });
  });
});

interface Said {
  readonly base_resp?: { readonly status_code: number };
  readonly task_id?: string;
  readonly status?: string;
  readonly file?: { readonly download_url: string; readonly bytes: number };
  readonly data?: { readonly image_urls?: readonly string[]; readonly audio?: string };
  readonly metadata?: object;
}

function read({ json }: Answer): Said {
  return json;
}

async function order(api: Api, headers: Record<string, string>): Promise<Said> {
  return read(await api.send('POST', '/v1/video_generation', { body: footage, headers }));
}
