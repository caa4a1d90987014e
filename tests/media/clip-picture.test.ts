import { makeSource } from './support/footage.ts';
import { clipOf, normalise } from './support/normalise.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();

/** The first picture of the clip made of `input`, as raw pixels. */
function readFirstPicture(input: string, filter: string) {
  return bench().read('-i', clipOf(input), '-frames:v', '1', '-vf', filter, '-f', 'rawvideo', 'pipe:1');
}

test('a chunk of nearly the right shape fills the frame, another is shown whole between bars', async () => {
  const white = ['-vf', 'drawbox=c=white:t=fill'];
  const edges = async (width: number, height: number) => {
    const input = await makeSource(bench(), `shape-${width}x${height}.mp4`, { width, height, args: white });
    await normalise(bench(), input, { size: { width: 320, height: 180 }, frameCount: 6 });
    const pixels = await readFirstPicture(input, 'format=gray');
    const at = (x: number, y: number) => pixels[y * 320 + x]! > 128;
    return { leftEdge: at(0, 90), topEdge: at(160, 0), rightEdge: at(319, 90), bottomEdge: at(160, 179) };
  };
  const filled = { leftEdge: true, topEdge: true, rightEdge: true, bottomEdge: true };
  await expect(edges(1366, 768)).resolves.toEqual(filled);
  await expect(edges(832, 480)).resolves.toEqual(filled);
  await expect(edges(480, 270)).resolves.toEqual(filled);
  await expect(edges(480, 480)).resolves.toEqual({ ...filled, leftEdge: false, rightEdge: false });
  await expect(edges(640, 272)).resolves.toEqual({ ...filled, topEdge: false, bottomEdge: false });
});

test('a chunk with oblong pixels and a turned one are shown as a player would show them', async () => {
  const white = ['-vf', 'drawbox=c=white:t=fill,setsar=16/11'];
  const oblong = await makeSource(bench(), 'oblong.mp4', { width: 352, height: 288, args: white });
  await normalise(bench(), oblong, { frameCount: 6 });
  const upright = await makeSource(bench(), 'upright.mp4', {
    width: 108,
    height: 192,
    args: ['-vf', 'drawbox=c=white:t=fill'],
  });
  const turned = await bench().make('turned.mp4', '-display_rotation', '90', '-i', upright, '-c', 'copy');
  await normalise(bench(), turned, { frameCount: 6 });
  const brightness = async (input: string) => {
    const pixels = await readFirstPicture(input, 'format=gray');
    return pixels.reduce((sum, value) => sum + (value > 128 ? 1 : 0), 0) / pixels.length;
  };
  await expect(brightness(turned)).resolves.toBe(1);
  await expect(brightness(oblong)).resolves.toBe(1);
});

test.each([
  { name: 'untagged SD, read as BT.601', width: 192, height: 108, matrix: 'bt601', tags: [] },
  { name: 'untagged HD, read as BT.709', width: 1280, height: 720, matrix: 'bt709', tags: [] },
  { name: 'tagged HD', width: 1280, height: 720, matrix: 'bt601', tags: ['-colorspace', 'smpte170m'] },
])('colours survive: $name', async ({ name, width, height, matrix, tags }) => {
  const encoding = `scale=out_color_matrix=${matrix}:out_range=tv:flags=accurate_rnd,format=yuv420p`;
  const input = await bench().make(
    `${name.replaceAll(/[^\w]/g, '-')}.mp4`,
    ...['-f', 'lavfi', '-i', `color=c=0xC02030:s=${width}x${height}:r=24:d=0.5,format=rgb24`],
    ...['-vf', `${encoding},setparams=colorspace=unknown`, '-c:v', 'libx264', '-qp', '1', ...tags],
  );
  await normalise(bench(), input, { frameCount: 6 });
  const [red, green, blue] = await readFirstPicture(input, 'scale=4:4:in_color_matrix=bt709,format=rgb24');
  expect(Math.abs(red! - 0xc0)).toBeLessThan(8);
  expect(Math.abs(green! - 0x20)).toBeLessThan(8);
  expect(Math.abs(blue! - 0x30)).toBeLessThan(8);
});
