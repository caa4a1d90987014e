import {
  keepSecret,
  keepSecretsOf,
  redact,
  redactError,
  redactValue,
} from '../../activities/runtime/secrets.ts';
import { hostWords } from '../../activities/providers/host-words.ts';
import { parseAnswer } from '../../activities/providers/parse-answer.ts';
import { z } from 'zod';

const secret = 'r8_Can+ary/0f=TheToken';
keepSecret(secret);
keepSecret('short');

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const each = (escape: (hex: string, code: number) => string): string =>
  Array.from(secret, (character) => escape(hexOf(character), character.charCodeAt(0))).join('');
const hexOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');

const forms: [string, string][] = [
  ['as it is', secret],
  ['with escaped slashes', secret.replaceAll('/', '\\/')],
  ['as escapes of JSON', each((hex) => `\\u00${hex}`)],
  ['as escapes of JSON inside JSON', each((hex) => `\\\\u00${hex.toUpperCase()}`)],
  ['as escapes of a program', each((hex) => `\\x${hex}`)],
  ['half escaped', `r8_${each((hex) => `\\u00${hex}`).slice(18)}`],
  ['in an address', encodeURIComponent(secret)],
  ['in an address inside an address', encodeURIComponent(encodeURIComponent(secret))],
  ['in an address in lower case', encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase())],
  ['all of it percent-encoded', each((hex) => `%${hex}`)],
  ['in HTML', each((hex, code) => (code % 2 ? `&#x${hex};` : `&#${code};`))],
  ['in hexadecimal', Buffer.from(secret).toString('hex')],
  ['in capital hexadecimal', Buffer.from(secret).toString('hex').toUpperCase()],
  ...[0, 1, 2].flatMap((before): [string, string][] => [
    [`in base64 after ${before} bytes`, base64(`${'a'.repeat(before)}${secret}`)],
    [
      `in base64 after ${before} bytes and before more`,
      base64(`${'é'.repeat(before + 3)}${secret}, it said`),
    ],
    [`in base64 for addresses after ${before} bytes`, base64url(`${'?'.repeat(before + 7)}${secret}??>`)],
    [
      `in base64 in an address after ${before} bytes`,
      encodeURIComponent(base64(`${'a'.repeat(before)}${secret}`)),
    ],
    [`as a password after ${before} bytes`, `Basic ${base64(`${'u'.repeat(before)}:${secret}`)}`],
  ]),
];

test.each(forms)('a secret is taken out where it stands %s', (_form, written) => {
  for (const text of [
    written,
    `You sent ${written}, which is wrong.`,
    `${'"'.repeat(3)}${written}${'z'.repeat(3)}`,
  ]) {
    const left = redact(text);
    expect(left).toContain('…');
    expect(left).not.toContain(written.slice(4, -6));
  }
  expect(redact(`You sent ${written}, which is wrong.`)).toMatch(
    /^You sent (Basic )?\S{0,14}…\S{0,14}, which is wrong\.$/,
  );
});

test('text without secrets stays unchanged', () => {
  const text = 'A short \\u0041 text at https://host.example/v1?a=%2Fb, r8_Can and dGV4dA==, 100 % of it.';
  expect(redact(text)).toBe(text);
});

test('passwords of addresses are taken out of every text', () => {
  expect(redact('at https://user:p@ss@host.example:8080/v1 and s3://key@bucket/x, to a@b.example')).toBe(
    'at https://…@host.example:8080/v1 and s3://…@bucket/x, to a@b.example',
  );
});

test('an answer is parsed first and has no secret afterwards, in values and names', async () => {
  const body = JSON.stringify({ id: secret, error: { [secret]: [1, `key ${secret}`] } }).replaceAll(
    '/',
    '\\/',
  );
  const schema = z.object({ id: z.string(), error: z.unknown() });
  expect(await parseAnswer(schema, body.replace('r8_', '\\u0072\\u0038_'))).toEqual({
    ok: true,
    value: { id: '…', error: { '…': [1, 'key …'] } },
  });
});

test('the input of an order stays as it is, because it tells the order from others', () => {
  keepSecretsOf({ POSTGRES_PASSWORD: 'temporal', MODEL_TOKEN: secret });
  const input = { prompt: `A temporal rift, ${secret}` };

  expect(redactValue({ id: 'abc', input, logs: `temporal ${secret}` })).toEqual({
    id: 'abc',
    input,
    logs: 'temporal …',
  });
});

test('a page of many small files is no more than an answer has', () => {
  const results = Array.from({ length: 100 }, () => ({
    image: `data:image/png;base64,${'A'.repeat(30_000)}`,
  }));

  expect(redactValue({ results })).toEqual({ results });
});

test('a file stays as it is, and endless text is refused at once', async () => {
  const file = `data:image/png;base64,${'A'.repeat(3_000_000)}`;
  expect(redactValue({ file })).toEqual({ file });
  const schema = z.object({ logs: z.unknown() });
  for (const [logs, problem] of [
    ['%25'.repeat(1_000_000), 'more text than an answer has'],
    [Array.from({ length: 2_000_001 }, () => 0), 'JSON of more than 200000 values'],
  ])
    expect(await parseAnswer(schema, JSON.stringify({ logs }))).toEqual({ ok: false, problem });
  expect(redact(`${'\\'.repeat(100_000)}${secret}`)).toBe('…');
});

test('a value nested deeper than any field we read is left out', () => {
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown;
  const kept = JSON.stringify(redactValue({ id: 'abc', output: deep }));

  expect(kept).toBe(`{"id":"abc","output":${'['.repeat(99)}"…"${']'.repeat(99)}}`);
});

test('an error and its causes have no secret, also where they cause each other', () => {
  const cause = new Error(`no answer to ${secret}`);
  const error = new Error(`Asking failed: ${secret}`, { cause });
  cause.cause = error;
  redactError(error);
  expect([error.message, cause.message]).toEqual(['Asking failed: …', 'no answer to …']);
  expect(`${error.stack ?? ''}${cause.stack ?? ''}`).not.toContain(secret);
});

test.each([
  ['https://bucket.example/f.png?X-Amz-Signature=abc', 'https://bucket.example/…'],
  ['https://user:password@bucket.example/f.png', 'https://bucket.example/…'],
  ['https:\\/\\/bucket.example\\/f.png?X-Amz-Signature=abc', 'https:…'],
  [encodeURIComponent('https://bucket.example/f.png?X-Amz-Signature=abc'), 'https:…'],
  [encodeURIComponent(encodeURIComponent('https://bucket.example/f.png')), 'https:…'],
  [base64('https://bucket.example/f.png?X-Amz-Signature=abc'), '…'],
])('of the address %s a host may not be quoted with more than its origin', (address, left) => {
  expect(hostWords(`Cannot read ${address} now`)).toBe(`Cannot read ${left} now`);
});

test.each([0, 1, 2, 3])('an address in base64 is dropped also after %i other bytes', (before) => {
  const text = base64(`${'a'.repeat(before)}https://bucket.example/f.png?X-Amz-Signature=abc`);
  expect(hostWords(`Cannot read ${text} now`)).toMatch(/^Cannot read \S{0,5}… now$/);
});
