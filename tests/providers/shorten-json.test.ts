import { JsonShortener } from '../../activities/providers/shorten-json.ts';

const MiB = 1024 * 1024;

test.each([
  ['short texts', { logs: 'a "quoted" \\ word', list: [1, 'é', { a: null }] }],
  ['a text of a MiB', { logs: 'x'.repeat(MiB) }],
  ['a file that is its own address', { output: `data:image/png;base64,${'A'.repeat(3 * MiB)}` }],
])('%s pass as they are', (_what, value) => {
  expect(JSON.parse(shorten(JSON.stringify(value)))).toEqual(value);
});

test.each([
  ['letters', 'x'],
  ['letters of four bytes', '😀'],
  ['quotes', '"'],
  ['backslashes', '\\'],
])('of a longer text of %s the beginning is left, and all around it', (_what, letter) => {
  const text = letter.repeat(1.25 * MiB);

  const { id, logs, status } = JSON.parse(
    shorten(JSON.stringify({ id: 'abc', logs: text, status: 'succeeded' })),
  ) as Record<string, string>;

  expect({ id, status }).toEqual({ id: 'abc', status: 'succeeded' });
  expect(text.startsWith(logs ?? '?')).toBe(true);
  expect(Buffer.byteLength(JSON.stringify(logs))).toBeLessThan(MiB + 16);
});

test('an escape of six bytes is not cut in two', () => {
  for (let before = 0; before < 6; before += 1) {
    const text = `{"logs":"${'x'.repeat(before)}${'\\u00e4'.repeat(MiB / 5)}","id":1}`;

    expect(JSON.parse(shorten(text))).toMatchObject({ id: 1 });
  }
});

test('an answer of millions of values is given up while it comes', () => {
  expect(() => shorten(`[${'{},'.repeat(300_000)}{}]`)).toThrow('the answer has more than 200000 values.');
  expect(shorten(JSON.stringify({ logs: '{},'.repeat(300_000) }))).toHaveLength(900_011);
});

/** Shortens a text in pieces of an odd size, so that every token is cut somewhere. */
function shorten(text: string): string {
  const shortener = new JsonShortener();
  const bytes = Buffer.from(text);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.byteLength; at += 65_537)
    parts.push(shortener.push(bytes.subarray(at, at + 65_537)));
  return Buffer.concat(parts).toString('utf8');
}
