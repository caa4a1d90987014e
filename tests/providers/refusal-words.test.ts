import { askedDelayMs } from '../../activities/providers/asked-delay.ts';
import { readRefusalWords } from '../../activities/providers/refusal-words.ts';

test.each<[unknown, string]>([
  [{ detail: 'No.', title: 'Bad Request', status: 400 }, 'No.'],
  [
    {
      detail: [
        { loc: ['body', 'prompt'], msg: 'too long', type: 'value_error' },
        { loc: ['body', 'seed'], msg: 'missing' },
      ],
    },
    'body.prompt: too long; body.seed: missing',
  ],
  [{ detail: { message: 'No.' } }, 'No.'],
  [{ error: 'No.' }, 'No.'],
  [{ error: { message: 'No.', code: 'x' } }, 'No.'],
  [[{ error: { message: 'No.' } }], 'No.'],
  [{ type: 'error', error: { type: 'bad_request', message: 'No.' } }, 'No.'],
  [{ message: 'No.' }, 'No.'],
  [{ errors: ['No.', { message: 'Never.' }] }, 'No.; Never.'],
  [{ errors: { prompt: ['too long'], seed: 'missing' } }, 'prompt: too long; seed: missing'],
  [{ type: 'about:blank', title: 'Bad Request' }, 'Bad Request'],
  [{ base_resp: { status_code: 2013, status_msg: 'No.' } }, 'No.'],
  [{ status: 'no' }, ''],
  [null, ''],
])('the refusal %j says %j', (body, sentence) => {
  expect(readRefusalWords(JSON.stringify(body)).sentence).toBe(sentence);
});

test.each([
  ['<html><head><title> 502 Bad\nGateway</title></head><body>x</body>', '502 Bad\nGateway'],
  ['<!DOCTYPE html><h1 class="a">Sorry</h1>', 'Sorry'],
  ['<Error><Code>x</Code></Error>', ''],
  ['upstream connect error\n', 'upstream connect error'],
  ['', ''],
])('a body that is no JSON, %j, says %j', (body, sentence) => {
  expect(readRefusalWords(body)).toEqual({ codes: [], sentence });
});

test.each<[unknown, readonly string[]]>([
  [{ error: { type: 'insufficient_quota', code: null } }, ['insufficient_quota']],
  [{ error: { code: 429, message: 'x' } }, ['429']],
  [{ detail: [{ type: 'content_policy_violation' }] }, ['content_policy_violation']],
  [{ base_resp: { status_code: 1002 } }, ['1002']],
  [{ error: 'x' }, []],
])('the refusal %j has the codes %j', (body, codes) => {
  expect(readRefusalWords(JSON.stringify(body)).codes).toEqual(codes);
});

test.each<[unknown, number | undefined]>([
  [{ retry_after: 7 }, 7_000],
  [{ detail: 'Slow down.', retry_after: '7' }, 7_000],
  [{ error: { message: 'Slow down.', retryAfter: '7s' } }, 7_000],
  [{ retry_after_ms: 250 }, 250],
  [{ retry_after_seconds: 2 }, 2_000],
  [{ retry_after: 'Wed, 21 Oct 2037 07:28:00 GMT' }, 3_600_000],
  [{ retry_after: -7 }, undefined],
  [{ detail: 'Request was throttled. Your rate limit resets in ~30s.' }, 30_000],
  [{ detail: 'Expected available in 38 seconds.' }, 38_000],
  [{ error: { message: 'Please try again in 1m30.5s. Visit us.' } }, 90_500],
  [{ error: { message: 'Please try again in 250ms.' } }, 250],
  [{ message: 'Wait for 2 minutes, please' }, 120_000],
  [{ message: 'A plan for 5 people, in 2026' }, undefined],
  [{}, undefined],
])('a busy host that says %j is left alone for %s ms', (body, delayMs) => {
  expect(askedDelayMs({ status: 429, retryAfterMs: undefined, body: JSON.stringify(body) })).toBe(delayMs);
});

test('a header counts before the words', () => {
  expect(askedDelayMs({ status: 429, retryAfterMs: 9, body: '{"retry_after":7}' })).toBe(9);
});
