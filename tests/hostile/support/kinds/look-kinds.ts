import { setTimeout as pause } from 'node:timers/promises';

import { sendForever, sendJson, sendText } from '../hostile-call.ts';
import type { Answer, HostileKind } from '../kind.ts';
import { canaryKey, firstTimes, inCalls, refuseWith, withFields, withOutput } from './answers.ts';

const MiB = 1024 * 1024;

type LookKind = Pick<HostileKind, 'name' | 'what' | 'expect' | 'alone'> & { readonly answer: Answer };

const finished = { end: 'finished' } as const;
const undocumented = { end: 'waiting', words: /not what the host documents/ } as const;

/** The key as a host may quote it: escaped in JSON, in addresses, in base64, in headers. */
const quotedKeys = [
  canaryKey,
  canaryKey.replaceAll('/', '\\/'),
  encodeURIComponent(canaryKey),
  Buffer.from(canaryKey).toString('base64'),
  Buffer.from(`Bearer ${canaryKey}`).toString('base64url'),
  canaryKey.replace(/./g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
];

const looks: readonly LookKind[] = [
  {
    name: 'look-new-status',
    what: 'has a status that nobody knows',
    answer: withFields({ status: 'resting' }),
    expect: undocumented,
  },
  {
    name: 'look-empty',
    what: 'says {} of a prediction',
    answer: (call) => {
      sendJson(call, {});
    },
    expect: undocumented,
  },
  {
    name: 'look-other-id',
    what: 'answers with a prediction of somebody else, twice',
    answer: firstTimes(
      2,
      withFields({ id: 'somebodyelse', status: 'succeeded', output: ['https://example.com/a.png'] }),
    ),
    expect: finished,
  },
  {
    name: 'look-output-object',
    what: 'gives an object for an output',
    answer: withOutput({ url: 'https://example.com/a.png' }),
    expect: { end: 'parked', type: 'NotFetched', words: /not in the list/ },
  },
  {
    name: 'look-two-outputs',
    what: 'gives two outputs for one',
    answer: withOutput(['https://example.com/a.png', 'https://example.com/b.png']),
    expect: { end: 'parked', type: 'ArtifactMissing', words: /delivered 2 files/ },
  },
  {
    name: 'look-deep',
    what: 'gives an output of 100,000 lists, each in the other',
    answer: (call) => {
      const whole = JSON.stringify({ ...call.right(), status: 'succeeded', output: '@' });
      sendText(call, whole.replace('"@"', '['.repeat(100_000) + ']'.repeat(100_000)));
    },
    expect: { end: 'parked', type: 'ArtifactMissing', words: /delivered 0 files/ },
  },
  {
    name: 'look-long-logs',
    what: 'adds 50 MiB of logs',
    answer: firstTimes(3, withFields({ logs: 'drawing… '.repeat(5 * MiB) })),
    expect: finished,
    alone: true,
  },
  {
    name: 'look-braces',
    what: 'answers with 60 MiB of {}, twice',
    answer: firstTimes(2, (call) => {
      sendText(call, `[${'{},'.repeat(20 * MiB)}{}]`);
    }),
    expect: finished,
    alone: true,
  },
  {
    name: 'look-null-times',
    what: 'gives null for every time',
    answer: withFields({ created_at: null, started_at: null, completed_at: null, metrics: null }),
    expect: finished,
  },
  {
    name: 'look-odd-numbers',
    what: 'gives a duration as text and a negative one',
    answer: withFields({ metrics: { predict_time: '-1.5', total_time: -3 }, created_at: 'yesterday' }),
    expect: finished,
  },
  {
    name: 'look-endless',
    what: 'answers one look without ever ending',
    answer: firstTimes(1, (call) => {
      call.response.writeHead(200, { 'content-type': 'application/json' });
      sendForever(call, Buffer.from(' '), 500);
    }),
    expect: finished,
  },
  {
    name: 'look-404-once',
    what: 'knows nothing of a prediction, once',
    answer: firstTimes(1, refuseWith(404)),
    expect: finished,
  },
  {
    name: 'look-500-in-turns',
    what: 'answers every other look with 500',
    answer: inCalls((nth) => nth % 2 === 1, refuseWith(500)),
    expect: finished,
  },
  {
    name: 'look-429-for-a-while',
    what: 'throttles the first four looks',
    answer: firstTimes(4, refuseWith(429, { headers: { 'retry-after': '0' } })),
    expect: finished,
  },
  {
    name: 'look-error-object',
    what: 'gives an object for a reason',
    answer: withFields({ status: 'failed', output: null, error: { message: { code: 7 } } }),
    expect: { end: 'parked', type: 'PredictionFailed', words: /no reason given/ },
  },
  {
    name: 'look-error-with-key',
    what: 'quotes our key in six forms when it fails',
    answer: withFields({ status: 'failed', output: null, error: `Denied for ${quotedKeys.join(' and ')}` }),
    expect: { end: 'parked', type: 'PredictionFailed', words: /Denied for/ },
  },
  {
    name: 'look-error-escapes',
    what: 'fails with escape sequences of a terminal in its reason',
    answer: withFields({
      status: 'failed',
      output: null,
      error: 'Out of \u001b[31mmemory\u001b[0m\u009b2J\u0007',
    }),
    expect: { end: 'parked', type: 'PredictionFailed', words: /Out of/ },
  },
  {
    name: 'look-running-again',
    what: 'says of a prediction that has ended that it runs again',
    answer: async (call) => {
      // The first look sees the end.
      if (call.nth === 1) await pause(500);
      if (call.nth === 2) await withFields({ status: 'processing', output: null })(call);
      else call.answerRightly();
    },
    expect: finished,
  },
];

/** Kinds that answer looks wrongly. */
export const lookKinds: readonly HostileKind[] = looks.map(({ answer, ...kind }) => ({
  ...kind,
  unit: 'still',
  answers: { look: answer },
}));
