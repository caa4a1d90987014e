import { isWholePicture } from '../../storage/whole-picture.ts';
import { cmykJpeg, drawPng, exif, withExif } from '../support/picture-files.ts';

const jpeg = cmykJpeg([0, 128, 255, 255]);
const png = drawPng();
const webp = Buffer.alloc(64, 'x');
webp.write('RIFF', 0, 'latin1');
webp.writeUInt32LE(56, 4);
webp.write('WEBP', 8, 'latin1');
/** An end of an image and a start of a scan, as a small picture within a segment has them. */
const thumbnail = Buffer.concat([exif(1), Buffer.from([0xff, 0xda, 0, 8, 0xff, 0xd9])]);

test.each([
  ['JPEG', jpeg],
  ['JPEG with a small picture in it', withExif(jpeg, thumbnail)],
  ['PNG', png],
  ['WebP', webp],
])('the end of a %s tells whether it is whole', (_kind, picture) => {
  const whole = (bytes: Buffer) => isWholePicture(bytes);

  expect(whole(picture)).toBe(true);
  expect(whole(Buffer.concat([picture, Buffer.from('a remark of a program')]))).toBe(true);
  // A film behind the picture, as telephones write it, holds any bytes.
  expect(whole(Buffer.concat([picture, Buffer.alloc(200_000, 0xda)]))).toBe(true);
  for (const missing of [1, 2, 20, picture.byteLength - 12])
    expect(whole(picture.subarray(0, -missing))).toBe(false);
});

test('fill bytes and restarts of a JPEG are passed over', () => {
  const scan = Buffer.from([0xff, 0xda, 0, 3, 1, 7, 0xff, 0, 0xff, 0xd0, 7, 0xff, 0xff, 0xff]);
  const start = Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xe0, 0, 2]);

  expect(isWholePicture(Buffer.concat([start, scan, Buffer.from([0xff, 0xd9])]))).toBe(true);
  expect(isWholePicture(Buffer.concat([start, scan]))).toBe(false);
});
