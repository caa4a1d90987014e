import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { preparePicture } from '../../activities/media/prepare-picture.ts';
import { readPictureFacts } from '../../activities/media/picture/read-picture-facts.ts';
import { cmykJpeg, drawPng, exif, withExif } from '../support/picture-files.ts';
import { findOldestTools } from './support/find-oldest-tools.ts';
import { findTools } from './support/find-tools.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();

const white = [255, 255, 255];
const red = [255, 0, 0];
const blue = [0, 0, 255];
const black = [0, 0, 0];

/** 400 × 320: red at the top left, blue at the top right. */
const corners = drawPng({
  width: 400,
  height: 320,
  paint: (x, y) => (y < 160 ? (x < 200 ? red : blue) : white),
});

test('a picture that models can have as it is stays as it is, byte for byte', async () => {
  const made = await prepare('plain.png', drawPng());

  expect(made).toEqual({ contentType: undefined, findings: [], isWritten: false });
});

/** By EXIF orientation, the places where people see the stored picture's top left and top right corners. */
test.each([
  [2, 'top right', 'top left'],
  [3, 'bottom right', 'bottom left'],
  [4, 'bottom left', 'bottom right'],
  [5, 'top left', 'bottom left'],
  [6, 'top right', 'bottom right'],
  [7, 'bottom right', 'top right'],
  [8, 'bottom left', 'top left'],
])(
  'a picture with the EXIF orientation %i is turned: red is %s, blue is %s',
  async (orientation, seenRed, seenBlue) => {
    const jpeg = await toJpeg(corners);
    const turned = withExif(jpeg, exif(orientation, orientation % 2 === 0 ? 'II' : 'MM'));

    const { findings, contentType } = await prepare(`turned-${orientation}.jpg`, turned);

    expect(findings).toEqual(['turned upright, as its EXIF data says']);
    expect(contentType).toBe('image/jpeg');
    const picture = await look(`turned-${orientation}.jpg.made`);
    expect(picture.size).toEqual(orientation < 5 ? [400, 320] : [320, 400]);
    expect(picture.colorAt(seenRed)).toEqual(close(red));
    expect(picture.colorAt(seenBlue)).toEqual(close(blue));
    expect(picture.facts).toMatchObject({ orientation: 1, hasMetadata: false });
  },
);

test('a PNG with an orientation of its own is turned as well', async () => {
  const png = drawPng({
    width: 400,
    height: 320,
    paint: (x) => (x < 200 ? red : blue),
    chunks: [['eXIf', exif(6)]],
  });

  expect((await prepare('turned.png', png)).findings).toEqual(['turned upright, as its EXIF data says']);
  const picture = await look('turned.png.made');
  expect(picture.size).toEqual([320, 400]);
  expect([picture.colorAt('top left'), picture.colorAt('bottom left')]).toEqual([close(red), close(blue)]);
});

test('EXIF data alone is taken off, and needs no word', async () => {
  const { findings, contentType } = await prepare('shot.jpg', withExif(await toJpeg(corners), exif(1)));

  expect([contentType, findings]).toEqual(['image/jpeg', []]);
  expect((await look('shot.jpg.made')).facts.hasMetadata).toBe(false);
});

test('a picture of 16,000 × 9,000 pixels is made smaller, in its own shape', async () => {
  const large = ['-f', 'lavfi', '-i', 'color=c=red:s=16000x9000', '-frames:v', '1', '-q:v', '5'];
  const path = await bench().make('large.jpg', ...large);

  const { findings } = await prepare('large.jpg', await readFile(path));

  expect(findings).toEqual(['made smaller: it has 16000 × 9000 pixels']);
  expect((await look('large.jpg.made')).size).toEqual([2048, 1152]);
});

test('the colours of print become those of screens', async () => {
  // Without cyan, with half of the magenta and all of the yellow: orange.
  const { findings, contentType } = await prepare('print.jpg', cmykJpeg([255, 128, 0, 255]));

  expect(findings).toEqual(['changed from the colours of print (CMYK) to RGB']);
  expect(contentType).toBe('image/jpeg');
  const picture = await look('print.jpg.made');
  expect(picture.facts.isCmyk).toBe(false);
  expect(picture.colorAt('top left')).toEqual(close([255, 128, 0]));
});

test('16 bits a channel become 8', async () => {
  const { findings } = await prepare('deep.png', drawPng({ bits: 16, paint: () => red }));

  expect(findings).toEqual(['brought from 16 to 8 bits a channel']);
  const picture = await look('deep.png.made');
  expect(picture.facts.bitsPerChannel).toBe(8);
  expect(picture.colorAt('top left')).toEqual(close(red));
});

test.each([
  ['the ffmpeg of the set-up', findTools],
  ['the oldest one allowed', findOldestTools],
])('transparent parts are set on white by %s, whatever colour hides there', async (_name, find) => {
  const paint = (x: number) => (x < 160 ? [...black, 0] : [...blue, 255]);
  const { findings, contentType } = await prepare('glass.png', drawPng({ paint }), await find());

  expect(findings).toEqual(['set on white where it is transparent']);
  expect(contentType).toBe('image/png');
  const picture = await look('glass.png.made');
  expect([picture.colorAt('top left'), picture.colorAt('top right')]).toEqual([close(white), close(blue)]);
  expect(picture.facts.hasAlpha).toBe(false);
});

test('the first picture of an animated PNG is taken', async () => {
  const moving = ['-f', 'lavfi', '-i', 'testsrc=s=320x320:r=5', '-frames:v', '3', '-f', 'apng'];
  const path = await bench().make('moving.png', ...moving);

  const { findings } = await prepare('moving.png', await readFile(path));

  expect(findings).toEqual(['taken as its first picture: it is an animation']);
  expect((await look('moving.png.made')).facts).toMatchObject({ isAnimated: false, width: 320, height: 320 });
});

test.each([
  [[200, 240], /it has 200 × 240 pixels, and some models refuse less than 300/],
  [[320, 900], /longer than 2\.5 times its width/],
])('a picture of %j pixels is used, with a word on it', async ([width = 0, height = 0], word) => {
  const { findings, isWritten } = await prepare(`odd-${width}.png`, drawPng({ width, height }));

  expect(findings).toEqual([expect.stringMatching(word)]);
  expect(isWritten).toBe(false);
});

test.each<[string, () => Promise<Buffer> | Buffer, RegExp]>([
  ['a stripe', () => drawPng({ width: 20, height: 2000 }), /20 × 2000 pixels; at least 64 on each side/],
  [
    'too oblong',
    () => drawPng({ width: 64, height: 700 }),
    /64 × 700 pixels; at most 10 times as long as wide/,
  ],
  ['too large', () => headerOf(20_000, 10_000), /20000 × 10000 pixels, 200 megapixels; at most 150/],
  ['a PNG that is cut off', () => drawPng({ paint: noise }).subarray(0, 9000), /cut off: its end is missing/],
  ['a JPEG that is cut off', async () => cut(await noisyJpeg()), /cut off: its end is missing/],
  // Less than a block is missing, which ffmpeg does not notice.
  ['a JPEG without its end', async () => (await noisyJpeg()).subarray(0, -2), /cut off: its end is missing/],
  ['a JPEG with a hole', async () => withHole(await noisyJpeg()), /cut off or damaged/],
  [
    'a JPEG that ends in its headers',
    async () => (await toJpeg(corners)).subarray(0, 100),
    /headers cannot be read/,
  ],
  ['an animated WebP', () => animatedWebp(), /moves \(animated WebP\); send one picture of it/],
])('%s is refused in words about it', async (what, make, words) => {
  const refused = prepare(`${what.replaceAll(' ', '-')}.img`, await make());

  await expect(refused).rejects.toMatchObject({
    type: 'InvalidRequest',
    message: expect.stringMatching(words) as unknown,
  });
});

test.each([
  ['is not there', '/nowhere/ffmpeg', /could not be started .* set FFMPEG/],
  ['is killed', join(import.meta.dirname, 'programs', 'killed-tool.mjs'), /was ended by SIGKILL/],
])('an ffmpeg that %s says nothing of the picture', async (what, ffmpeg, words) => {
  const tools = { ...bench().tools, ffmpeg };

  await expect(prepare(`${what}.png`, drawPng(), tools)).rejects.toMatchObject({
    type: 'MediaToolFailed',
    message: expect.stringMatching(words) as unknown,
  });
});

async function prepare(name: string, bytes: Buffer, tools = bench().tools) {
  const { path } = bench();
  await writeFile(path(name), bytes);
  const output = path(`${name}.made`);
  const { contentType, findings } = await preparePicture(tools, { input: path(name), output });
  return { contentType, findings, isWritten: existsSync(output) };
}

/** Decodes the result to plain pixels. */
async function look(name: string) {
  const { path, read } = bench();
  const facts = readPictureFacts(await readFile(path(name)))!;
  const { width, height } = facts;
  const demuxer = `${facts.format}_pipe`;
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
  const pixels = await read('-f', demuxer, '-i', path(name), ...raw);
  const colorAt = (corner: string) => {
    const x = corner.endsWith('left') ? 20 : width - 20;
    const y = corner.startsWith('top') ? 20 : height - 20;
    return [...pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
  };
  return { facts, size: [width, height], colorAt };
}

/** Matches a colour closely, because JPEG is not exact. */
function close(color: readonly number[]): unknown {
  return color.map((value) => expect.closeTo(value, -1) as unknown);
}

async function toJpeg(png: Buffer): Promise<Buffer> {
  const { path, make } = bench();
  await writeFile(path('source.png'), png);
  return readFile(await make('source.jpg', '-f', 'png_pipe', '-i', path('source.png'), '-q:v', '2'));
}

function noisyJpeg(): Promise<Buffer> {
  return toJpeg(drawPng({ paint: noise }));
}

function withHole(bytes: Buffer): Buffer {
  const { byteLength } = bytes;
  return Buffer.concat([bytes.subarray(0, byteLength * 0.5), bytes.subarray(byteLength * 0.9)]);
}

function cut(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.round(bytes.byteLength * 0.6));
}

function noise(x: number, y: number): readonly number[] {
  return [(x * 7919 + y * 104729) % 251, (x * y) % 253, (x * 31 + y * 17) % 247];
}

/** A picture of which only the header is read. */
function headerOf(width: number, height: number): Buffer {
  const png = drawPng();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

/** The header of RFC 9649, 2.7, with the bit of animation. */
function animatedWebp(): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(56, 4);
  bytes.write('WEBPVP8X', 8, 'latin1');
  bytes.writeUInt32LE(10, 16);
  bytes.writeUInt8(0x02, 20);
  bytes.writeUIntLE(319, 24, 3);
  bytes.writeUIntLE(319, 27, 3);
  return bytes;
}
