import { extractLastKeptFrame } from '../../activities/media/last-kept-frame.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { joinClips } from '../../activities/media/join-clips.ts';
import { makeSource, readFrames, smallSize } from './support/footage.ts';
import { useMediaBench } from './support/media-bench.ts';
import { clipOf, normalise } from './support/normalise.ts';

const bench = useMediaBench();

const hdr10 = [
  ...['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084'],
  ...['-colorspace', 'bt2020nc', '-x265-params'],
  'log-level=none:hdr10=1:repeat-headers=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:chromaloc=2:' +
    'master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400',
];

/** Colours of a red area in high dynamic range, as its file holds them. */
function makeRed(name: string): Promise<string> {
  const red = 'color=c=0x400000:s=192x108:r=24:d=1,format=gbrp';
  const toPq = 'zscale=tin=bt709:pin=bt709:t=smpte2084:p=bt2020:m=bt2020nc:npl=100,format=yuv420p10le';
  return bench().make(name, '-f', 'lavfi', '-i', `${red},${toPq}`, ...hdr10);
}

test('clips of HDR10, of centred chroma, of MJPEG and of plain footage are joined', async () => {
  const { tools, path } = bench();
  const sources = [
    await makeSource(bench(), 'plain.mp4'),
    await makeSource(bench(), 'hdr.mp4', { args: hdr10 }),
    await makeSource(bench(), 'centred.mp4', { args: ['-x264-params', 'chromaloc=1'] }),
    await makeSource(bench(), 'photos.mov', { args: ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'] }),
  ];
  for (const source of sources) await normalise(bench(), source);

  const output = path('joined.mp4');
  await joinClips(tools, { inputs: sources.map(clipOf), output, expectedFrames: 96 });

  expect((await probeMedia(tools, output)).streams).toMatchObject([{ type: 'video', frameCount: 96 }]);
});

test('a clip says nothing of the screen that its source was mastered on', async () => {
  const source = await makeSource(bench(), 'mastered.mp4', { args: hdr10 });
  await normalise(bench(), source);

  const log = await bench().log('-i', clipOf(source), '-vf', 'showinfo', '-f', 'null', '-');

  expect(log).not.toMatch(/mastering|content light/i);
});

test('high dynamic range is mapped, and a red stays red', async () => {
  const source = await makeRed('red.mp4');
  await normalise(bench(), source);

  const [frame] = await readFrames(bench(), clipOf(source), smallSize);
  const middle = (54 * smallSize.width + 96) * 3;
  const [red = 0, green = 0, blue = 0] = frame?.subarray(middle, middle + 3) ?? [];

  expect(red).toBeGreaterThan(40);
  expect(Math.max(green, blue)).toBeLessThan(red / 4);
});

test('a cover before the film is not taken for the film', async () => {
  const film = await makeSource(bench(), 'film.mp4');
  const cover = await bench().make(
    'cover.png',
    '-f',
    'lavfi',
    '-i',
    'color=c=white:s=64x64',
    '-frames:v',
    '1',
  );
  const maps = ['-map', '1:v', '-map', '0:v', '-c', 'copy', '-disposition:v:0', 'attached_pic'];
  const source = await bench().make('covered.mp4', '-i', film, '-i', cover, ...maps);

  expect(await normalise(bench(), source)).toMatchObject({ frameCount: 24 });
  expect(await readFrames(bench(), clipOf(source), smallSize)).toHaveLength(24);
});

test('the last frame of oblong pixels has square ones', async () => {
  const { tools, path, log } = bench();
  const source = await makeSource(bench(), 'oblong.mp4', {
    width: 96,
    height: 108,
    args: ['-aspect', '16:9'],
  });
  await extractLastKeptFrame(tools, { input: source, output: path('last.png'), frameCount: 24 });

  expect(await log('-i', path('last.png'), '-f', 'null', '-')).toMatch(/Video: png.* 192x108[ ,]/);
});
