import fc from 'fast-check';

import { parseLossless } from '../../activities/providers/lossless-json.ts';

test('a number of more digits than JavaScript holds comes as a string of all of them', () => {
  expect(parseLossless('{"file_id":9223372036854775807,"bytes":12,"list":[-9007199254740993]}')).toEqual({
    file_id: '9223372036854775807',
    bytes: 12,
    list: ['-9007199254740993'],
  });
});

test.each([
  ['digits within a text', '{"a":"id 9223372036854775807, and \\"9223372036854775807\\""}'],
  ['a text that ends in a backslash', '{"a":"\\\\","b":"9223372036854775807"}'],
  ['a number with a fraction', '{"a":0.12345678901234567890}'],
  ['a number with an exponent', '{"a":1234567890123456789e2}'],
])('%s stay as JSON.parse reads them', (_what, text) => {
  expect(parseLossless(text)).toEqual(JSON.parse(text));
});

test('whatever JSON can hold without long integers is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, (_name, inner: unknown) =>
        typeof inner === 'number' && Math.abs(inner) >= 1e15 ? 1 : inner,
      );
      expect(parseLossless(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('text that is not JSON is refused', () => {
  expect(() => parseLossless('{"a":1234567890123456789')).toThrow(SyntaxError);
});

test('a long text in a long answer is read in no time', () => {
  const text = JSON.stringify({ a: 'x\\"'.repeat(1_000_000), id: '1234567890123456789' });

  expect(parseLossless(text)).toEqual(JSON.parse(text));
});

test('a long text that was cut within itself is refused in no time', () => {
  const text = JSON.stringify({ id: 1, a: '1234567890123456789 \\"'.repeat(500_000) }).slice(0, -2);

  expect(() => parseLossless(text)).toThrow(SyntaxError);
});
