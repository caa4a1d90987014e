import { decodeText } from '../../client/cli/decode-text.ts';

const text = '{"prompt":"Ein Café"}';
const little = Buffer.from(text, 'utf16le');
const big = Buffer.from(little).swap16();

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
  ['UTF-16 without a mark', little],
  ['UTF-16 of the other order', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
  ['UTF-16 of the other order without a mark', big],
])('a brief in %s is read', (_what, bytes) => {
  expect(decodeText(bytes)).toBe(text);
});

test('nothing is no text', () => {
  expect(decodeText(new Uint8Array())).toBe('');
});
