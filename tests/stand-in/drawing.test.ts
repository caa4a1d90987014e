import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readPictureHeader } from '../../workers/dev/stand-in/drawing/picture-header.ts';
import { greyFrame, meanDifference, probe, secondsLoudness } from './media-measure.ts';
import { models, outputUrl, withStandIn } from './stand-in-harness.ts';
import type { Api } from './stand-in-harness.ts';

const full = { drawing: 'full' } as const;

/** Creates, waits, and returns the first output's bytes. */
async function draw(api: Api, model: string, input: object): Promise<Buffer> {
  const { json } = await api.create(model, input, { prefer: 'wait' });
  if (json.status !== 'succeeded') throw new Error(`${model} ended as ${json.status}: ${json.error}`);
  return (await api.send('GET', outputUrl(json))).bytes;
}

function dataUri(bytes: Buffer): string {
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

async function drawPng(api: Api, input: object = {}): Promise<Buffer> {
  return draw(api, models.still, { output_format: 'png', aspect_ratio: '16:9', ...input });
}

test.each([
  { ratio: '16:9', format: 'png', width: 1344, height: 768 },
  { ratio: '9:16', format: 'jpg', width: 768, height: 1344 },
  { ratio: '1:1', format: 'webp', width: 1024, height: 1024 },
])('a still of $ratio as $format is $width by $height pixels', async ({ ratio, format, width, height }) => {
  await withStandIn(full, async (api) => {
    const still = await drawPng(api, { aspect_ratio: ratio, output_format: format });
    expect(readPictureHeader(still)).toEqual({ format: format === 'jpg' ? 'jpeg' : format, width, height });
    // ffmpeg refuses to read fewer pixels than the header promises.
    expect(await greyFrame(still, { frame: 0, width, height })).toHaveLength(width * height);
  });
});

test('the same input gives the same bytes on another stand-in, another seed gives others', async () => {
  const drawAll = async (seed: number): Promise<Buffer[]> => {
    const files: Buffer[] = [];
    await withStandIn(full, async (api) => {
      const still = await drawPng(api, { seed });
      const clip = { seed, image: dataUri(still), num_frames: 81 };
      files.push(still, await draw(api, 'wan-video/wan-2.2-i2v-fast', clip));
      files.push(await draw(api, 'google/veo-3-fast', { seed, image: dataUri(still), duration: 4 }));
      files.push(await draw(api, models.score, { seed, duration: 5 }));
    });
    return files;
  };
  const [first, again, other] = [await drawAll(7), await drawAll(7), await drawAll(8)];
  expect(first.map((bytes, index) => bytes.equals(again[index]!))).toEqual([true, true, true, true]);
  expect(first.map((bytes, index) => bytes.equals(other[index]!))).toEqual([false, false, false, false]);
});

test('the words of the prompt are drawn', async () => {
  await withStandIn(full, async (api) => {
    const size = { frame: 0, width: 1344, height: 768 };
    const words = await greyFrame(await drawPng(api, { prompt: 'WWWWWWWWWW', seed: 1 }), size);
    // White letters on the dark foot of the picture; a still without words has next to none there.
    const white = words.subarray(1344 * 560).filter((pixel) => pixel > 245).length;
    expect(white).toBeGreaterThan(5_000);
  });
});

test('a reference image is shown in the still', async () => {
  await withStandIn(full, async (api) => {
    const model = 'black-forest-labs/flux-kontext-pro';
    const reference = await drawPng(api, { seed: 3 });
    const input = { seed: 1, aspect_ratio: '16:9' };
    const size = { frame: 0, width: 1344, height: 768 };
    const [without, withIt] = [
      await draw(api, model, input),
      await draw(api, model, { ...input, input_image: dataUri(reference) }),
    ];
    expect(meanDifference(await greyFrame(without, size), await greyFrame(withIt, size))).toBeGreaterThan(1);
  });
});

interface ClipCase {
  readonly model: string;
  readonly input: object;
  readonly field: string;
  readonly shape: string;
  readonly frames: number;
  readonly seconds: number;
}

const clipCases: readonly ClipCase[] = [
  {
    ...{ model: 'minimax/hailuo-2.3', input: {}, field: 'first_frame_image' },
    ...{ shape: '1366x768@25/1 1/12800', frames: 150, seconds: 6 },
  },
  {
    ...{
      model: 'minimax/hailuo-02',
      input: { resolution: '512p', duration: 10 },
      field: 'first_frame_image',
    },
    ...{ shape: '910x512@25/1 1/12800', frames: 250, seconds: 10 },
  },
  {
    ...{ model: 'wan-video/wan-2.2-i2v-fast', input: {}, field: 'image' },
    ...{ shape: '832x480@16/1 1/16384', frames: 81, seconds: 5.0625 },
  },
  {
    ...{ model: 'google/veo-3.1', input: { duration: 4 }, field: 'image' },
    ...{ shape: '1280x720@24/1 1/12288', frames: 96, seconds: 4 },
  },
  {
    ...{ model: 'kwaivgi/kling-v2.5-turbo-pro', input: {}, field: 'start_image' },
    ...{ shape: '1920x1080@30/1 1/15360', frames: 150, seconds: 5 },
  },
];

test.each(clipCases)('a clip of $model is $shape, opens on the given frame and moves', async (clipCase) => {
  await withStandIn(full, async (api) => {
    const still = await drawPng(api, { seed: 5 });
    const clip = await draw(api, clipCase.model, { ...clipCase.input, [clipCase.field]: dataUri(still) });
    const video = (await probe(clip)).streams.find(({ codec_type }) => codec_type === 'video')!;
    const size = { width: Number(video['width']), height: Number(video['height']) };
    const rates = `${video['r_frame_rate']!} ${video['time_base']!}`;
    expect(`${size.width}x${size.height}@${rates}`).toBe(clipCase.shape);
    expect(video['codec_name']).toBe('h264');
    expect(Number(video['nb_read_packets'])).toBe(clipCase.frames);
    expect(Number(video['duration'])).toBeCloseTo(clipCase.seconds, 3);
    const [first, middle, last] = await Promise.all(
      [0, Math.floor(clipCase.frames / 2), clipCase.frames - 1].map((frame) =>
        greyFrame(clip, { ...size, frame }),
      ),
    );
    expect(meanDifference(first!, await greyFrame(still, { ...size, frame: 0 }))).toBeLessThan(2);
    expect(meanDifference(first!, last!)).toBeGreaterThan(4);
    expect(meanDifference(first!, middle!)).toBeGreaterThan(2);
    expect(meanDifference(middle!, last!)).toBeGreaterThan(2);
  });
});

test('a clip follows the shape of its first frame', async () => {
  await withStandIn(full, async (api) => {
    for (const [ratio, width, height] of [
      ['9:16', 480, 832],
      ['1:1', 480, 480],
    ] as const) {
      const image = dataUri(await drawPng(api, { aspect_ratio: ratio }));
      const { streams } = await probe(await draw(api, 'wan-video/wan-2.2-i2v-fast', { image }));
      expect(streams[0]).toMatchObject({ width, height });
    }
  });
});

test('a clip with a last frame ends on it', async () => {
  await withStandIn(full, async (api) => {
    const [first, last] = [
      await drawPng(api, { seed: 1 }),
      await drawPng(api, { seed: 2, prompt: 'the end' }),
    ];
    const input = { resolution: '512p', first_frame_image: dataUri(first), last_frame_image: dataUri(last) };
    const clip = await draw(api, models.clip, input);
    const size = { width: 910, height: 512 };
    const ending = await greyFrame(clip, { ...size, frame: 149 });
    expect(meanDifference(ending, await greyFrame(last, { ...size, frame: 0 }))).toBeLessThan(3);
  });
});

test('veo has sound as long as its picture', async () => {
  await withStandIn(full, async (api) => {
    const clip = await draw(api, 'google/veo-3', { duration: 4 });
    const { streams } = await probe(clip);
    const sound = streams.find(({ codec_type }) => codec_type === 'audio')!;
    expect(sound).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
    expect(Math.abs(Number(sound['duration']) - 4)).toBeLessThan(0.05);
    expect(Math.min(...(await secondsLoudness(clip)).slice(0, 3))).toBeGreaterThan(-60);
  });
});

test.each([
  ['wav', 'pcm_s16le', 7],
  ['mp3', 'mp3', 31],
])('a score as %s is %s, lasts as long as asked and sounds all the time', async (format, codec, seconds) => {
  await withStandIn(full, async (api) => {
    const { json } = await api.send('GET', '/v1/models/meta/musicgen');
    const input = { prompt: 'calm piano', duration: seconds, output_format: format };
    const body = { version: json.latest_version.id, input };
    const done = await api.send('POST', '/v1/predictions', { body, headers: { prefer: 'wait' } });
    const score = (await api.send('GET', outputUrl(done.json))).bytes;
    const measured = await probe(score);
    expect(measured.streams[0]).toMatchObject({ codec_name: codec, channels: 2 });
    expect(Math.abs(Number(measured.format.duration) - seconds)).toBeLessThan(0.06);
    const loudness = (await secondsLoudness(score)).slice(0, seconds - 2);
    expect(Math.min(...loudness)).toBeGreaterThan(-45);
    expect(Math.max(...loudness)).toBeLessThan(-6);
  });
});

test('a first frame may come from an address, from an upload or as a data URI', async () => {
  await withStandIn(full, async (api) => {
    const still = await drawPng(api, { aspect_ratio: '1:1' });
    const server = createServer((_, response) => response.end(still));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const form = new FormData();
      form.set('content', new Blob([still]));
      const upload = new Response(form);
      const { json } = await api.send('POST', '/v1/files', {
        body: Buffer.from(await upload.arrayBuffer()),
        headers: { 'content-type': upload.headers.get('content-type') ?? '' },
      });
      const port = (server.address() as AddressInfo).port;
      const sources = [`http://127.0.0.1:${port}/still?signature=1`, json.urls.get, dataUri(still)];
      const clips: Buffer[] = [];
      for (const image of sources) clips.push(await draw(api, 'wan-video/wan-2.2-i2v-fast', { image }));
      expect(clips[1]!.equals(clips[0]!)).toBe(true);
      expect(clips[2]!.equals(clips[0]!)).toBe(true);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

test.each([
  ['an address elsewhere', 'http://192.0.2.1/frame.png?X-Signature=secret'],
  ['an address where nothing is', 'http://127.0.0.1:1/frame.png?X-Signature=secret'],
  [
    'no picture',
    'data:image/png;base64,bm90IGEgcGljdHVyZSwganVzdCBzb21lIHRleHQgdGhhdCBpcyBsb25nIGVub3VnaA==',
  ],
  [
    'a playlist that names other addresses',
    `data:image/png,${encodeURIComponent('#EXTM3U\n#EXTINF:1\nhttp://127.0.0.1:1/x.ts\n')}`,
  ],
])('a prediction whose first frame is %s fails and says so, without the signature', async (_, image) => {
  await withStandIn(full, async (api) => {
    const { json } = await api.create('wan-video/wan-2.2-i2v-fast', { image }, { prefer: 'wait' });
    expect(json.status).toBe('failed');
    expect(json.error).toMatch(/Failed to download|Cannot identify image/);
    expect(json.error).not.toContain('secret');
  });
});

test('cheap drawing gives valid files of the right length and draws each only once', async () => {
  await withStandIn({}, async (api) => {
    const [one, other] = [
      await draw(api, 'google/veo-3', { prompt: 'a' }),
      await draw(api, 'google/veo-3', { prompt: 'b' }),
    ];
    expect(one.equals(other)).toBe(true);
    const { streams } = await probe(one);
    expect(streams.map(({ codec_name }) => String(codec_name)).toSorted()).toEqual(['aac', 'h264']);
    expect(Number(streams.find(({ codec_name }) => codec_name === 'h264')?.['duration'])).toBe(8);
    expect(one.length).toBeLessThan(400_000);
  });
});
