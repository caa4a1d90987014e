import { isWhole, sniffPicture } from '../../client/files/sniff-picture.ts';
import { png } from '../storage/test-files.ts';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Array<number>(400).fill(7), 0xff, 0xd9]);
const webp = Buffer.alloc(64, 'x');
webp.write('RIFF', 0, 'latin1');
webp.writeUInt32LE(56, 4);
webp.write('WEBP', 8, 'latin1');

test.each([
  ['JPEG', jpeg],
  ['PNG', png(400)],
  ['WebP', webp],
])('the end of a %s tells whether it is whole', (_kind, picture) => {
  const type = sniffPicture(picture);
  if (!type) throw new Error('It is no picture.');

  expect(isWhole(picture, type)).toBe(true);
  expect(isWhole(Buffer.concat([picture, Buffer.from('a remark of a program')]), type)).toBe(true);
  expect(isWhole(picture.subarray(0, picture.byteLength - 20), type)).toBe(false);
});
