import { extractLastKeptFrame } from '../../activities/media/last-kept-frame.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { joinClips } from '../../activities/media/join-clips.ts';
import { makeSource, readFrames, smallSize } from './support/footage.ts';
import { findOldestTools } from './support/find-oldest-tools.ts';
import { findTools } from './support/find-tools.ts';
import { type MediaBench, useMediaBench } from './support/media-bench.ts';
import { clipOf, normalise } from './support/normalise.ts';
import { withoutZscale } from './support/without-zscale.ts';

const hdr10 = [
  ...['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084'],
  ...['-colorspace', 'bt2020nc', '-x265-params'],
  'log-level=none:hdr10=1:repeat-headers=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:chromaloc=2:' +
    'master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400',
];

/** Colours of a red area in high dynamic range, as its file holds them. */
function makeRed(bench: MediaBench, name: string): Promise<string> {
  const red = 'color=c=0x400000:s=192x108:r=24:d=1,format=gbrp';
  const toPq = 'zscale=tin=bt709:pin=bt709:t=smpte2084:p=bt2020:m=bt2020nc:npl=100,format=yuv420p10le';
  return bench.make(name, '-f', 'lavfi', '-i', `${red},${toPq}`, ...hdr10);
}

/** Makes one source of each kind, a second long. */
async function makeOddSources(bench: MediaBench): Promise<string[]> {
  return [
    await makeSource(bench, 'plain.mp4'),
    await makeSource(bench, 'hdr.mp4', { args: hdr10 }),
    await makeSource(bench, 'centred.mp4', { args: ['-x264-params', 'chromaloc=1'] }),
    await makeSource(bench, 'photos.mov', { args: ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'] }),
    await makeCovered(bench, 'covered.mp4'),
    await makeSource(bench, 'oblong.mp4', oblong),
  ];
}

const oblong = { width: 96, height: 108, args: ['-aspect', '16:9'] } as const;

/** A film whose file has its cover before it. */
async function makeCovered(bench: MediaBench, name: string): Promise<string> {
  const film = await makeSource(bench, 'film.mp4');
  const white = ['-f', 'lavfi', '-i', 'color=c=white:s=64x64', '-frames:v', '1'];
  const cover = await bench.make('cover.png', ...white);
  const maps = ['-map', '1:v', '-map', '0:v', '-c', 'copy', '-disposition:v:0', 'attached_pic'];
  return bench.make(name, '-i', film, '-i', cover, ...maps);
}

const current = useMediaBench();

describe.each([
  ['the ffmpeg of the set-up', findTools],
  ['the oldest ffmpeg allowed', findOldestTools],
])('by %s', (_name, find) => {
  const bench = useMediaBench(find);

  test('clips of HDR10, of centred chroma, of MJPEG, behind a cover, of oblong pixels and of plain footage are joined', async () => {
    const { tools, path } = bench();
    const sources = await makeOddSources(bench());
    for (const source of sources) await normalise(bench(), source);

    const output = path('joined.mp4');
    await joinClips(tools, { inputs: sources.map(clipOf), output, expectedFrames: 24 * sources.length });

    const { streams } = await probeMedia(tools, output);
    expect(streams).toMatchObject([
      { type: 'video', frameCount: 24 * sources.length, sampleAspectRatio: '1:1' },
    ]);
    expect(await readFrames(bench(), output, smallSize)).toHaveLength(24 * sources.length);
  });

  test('a clip whose high dynamic range could not be mapped is joined with the others', async () => {
    const { tools, path } = bench();
    const plain = await makeSource(bench(), 'beside.mp4');
    const hdr = await makeSource(bench(), 'unmapped.mp4', { args: hdr10 });
    await normalise(bench(), plain);
    const made = await normalise({ ...bench(), tools: await withoutZscale(bench()) }, hdr);

    expect(made).toMatchObject({ isRelabelled: true });
    await joinClips(tools, {
      inputs: [clipOf(plain), clipOf(hdr)],
      output: path('relabelled.mp4'),
      expectedFrames: 48,
    });
    expect(await readFrames(bench(), path('relabelled.mp4'), smallSize)).toHaveLength(48);
  });

  test('a clip says nothing of the screen that its source was mastered on', async () => {
    const source = await makeSource(bench(), 'mastered.mp4', { args: hdr10 });
    await normalise(bench(), source);

    const log = await bench().log('-i', clipOf(source), '-vf', 'showinfo', '-f', 'null', '-');

    expect(log).not.toMatch(/mastering|content light/i);
  });

  test('high dynamic range is mapped, and a red stays red', async () => {
    const source = await makeRed(bench(), 'red.mp4');
    await normalise(bench(), source);

    const [frame] = await readFrames(bench(), clipOf(source), smallSize);
    const middle = (54 * smallSize.width + 96) * 3;
    const [red = 0, green = 0, blue = 0] = frame?.subarray(middle, middle + 3) ?? [];

    expect(red).toBeGreaterThan(40);
    expect(Math.max(green, blue)).toBeLessThan(red / 4);
  });

  test('a cover before the film is not taken for the film', async () => {
    const source = await makeCovered(bench(), 'alone.mp4');

    expect(await normalise(bench(), source)).toMatchObject({ frameCount: 24 });
    expect(await readFrames(bench(), clipOf(source), smallSize)).toHaveLength(24);
  });

  test('the last frame of oblong pixels has square ones', async () => {
    const { tools, path, log } = bench();
    const source = await makeSource(bench(), 'oblong.mp4', oblong);
    await extractLastKeptFrame(tools, { input: source, output: path('last.png'), frameCount: 24 });

    expect(await log('-i', path('last.png'), '-f', 'null', '-')).toMatch(/Video: png.* 192x108[ ,]/);
  });
});

test('clips of workers with the oldest ffmpeg and with the one of the set-up are joined', async () => {
  const { tools, path } = current();
  const sources = await makeOddSources(current());
  for (const [at, source] of sources.entries())
    await normalise({ ...current(), tools: at % 2 === 0 ? tools : await findOldestTools() }, source);

  const output = path('mixed.mp4');
  await joinClips(tools, { inputs: sources.map(clipOf), output, expectedFrames: 24 * sources.length });

  expect(await readFrames(current(), output, smallSize)).toHaveLength(24 * sources.length);
});
