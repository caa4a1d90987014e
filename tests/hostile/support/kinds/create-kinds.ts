import { gzipSync } from 'node:zlib';

import { sendForever, sendJson, sendRaw, sendText } from '../hostile-call.ts';
import type { Answer, HostileKind } from '../kind.ts';
import { errorPage, firstTimes, html, refuseWith, takeAndReset, takeAndSay, withFields } from './answers.ts';

const MiB = 1024 * 1024;

type OrderKind = Pick<HostileKind, 'name' | 'what' | 'expect'> & { readonly answer: Answer };

/** Takes the order and writes an answer that breaks or stretches HTTP. */
function takeAndWrite(write: (json: string) => string): Answer {
  return (call) => {
    sendRaw(call, write(JSON.stringify(call.right())));
  };
}

const finished = { end: 'finished' } as const;

const orders: readonly OrderKind[] = [
  {
    name: 'create-huge-body',
    what: 'takes an order and answers with 65 MiB',
    answer: (call) => {
      sendText(call, Buffer.concat([Buffer.from(JSON.stringify(call.right())), Buffer.alloc(65 * MiB, ' ')]));
    },
    expect: finished,
  },
  {
    name: 'create-cut-json',
    what: 'takes an order and answers with JSON that is cut inside a long string',
    answer: (call) => {
      sendText(call, JSON.stringify({ ...call.right(), logs: 'x\\"'.repeat(100_000) }).slice(0, 200_000));
    },
    expect: finished,
  },
  { name: 'create-no-json', what: 'takes an order and says OK', answer: takeAndSay('OK'), expect: finished },
  {
    name: 'create-html',
    what: 'does not take an order and answers 200 with an error page, once',
    answer: firstTimes(1, (call) => {
      sendText(call, errorPage, { headers: html });
    }),
    expect: finished,
  },
  {
    name: 'create-null',
    what: 'takes an order and answers null',
    answer: takeAndSay('null'),
    expect: finished,
  },
  { name: 'create-array', what: 'takes an order and answers []', answer: takeAndSay('[]'), expect: finished },
  {
    name: 'create-nothing',
    what: 'takes an order and answers with no body',
    answer: takeAndSay(''),
    expect: finished,
  },
  {
    name: 'create-wrong-type',
    what: 'answers an order rightly and calls it a picture',
    answer: (call) => {
      sendText(call, JSON.stringify(call.right()), { headers: { 'content-type': 'image/png' } });
    },
    expect: finished,
  },
  {
    name: 'create-no-id',
    what: 'takes an order and leaves out its id',
    answer: withFields({ id: undefined }),
    expect: finished,
  },
  {
    name: 'create-number-id',
    what: 'takes an order and gives its id as NaN',
    answer: takeAndSay('{"id":NaN}'),
    expect: finished,
  },
  {
    name: 'create-path-id',
    what: 'gives an order an id that is a path',
    answer: withFields({ id: '../../account' }),
    expect: finished,
  },
  {
    name: 'create-control-id',
    what: 'gives an order an id with control characters',
    answer: withFields({ id: 'abc\u001b[2J\u0000\n\u009b31m' }),
    expect: finished,
  },
  {
    name: 'create-long-id',
    what: 'gives an order an id of 10 kB',
    answer: withFields({ id: 'x'.repeat(10_000) }),
    expect: finished,
  },
  {
    name: 'create-redirect-loop',
    what: 'redirects every order to itself',
    answer: (call) => {
      sendText(call, '', { status: 307, headers: { location: call.request.url ?? '' } });
    },
    expect: { end: 'parked', type: 'InvalidRequest', words: /answered 307/ },
  },
  {
    name: 'create-redirect-metadata',
    what: "redirects every order to a cloud's metadata server",
    answer: refuseWith(308, { headers: { location: 'http://169.254.169.254/latest/meta-data/' } }),
    expect: { end: 'parked', type: 'InvalidRequest', words: /answered 308/ },
  },
  {
    name: 'create-reset',
    what: 'takes an order and resets the connection',
    answer: takeAndReset,
    expect: finished,
  },
  {
    name: 'create-slow-headers',
    what: 'takes an order and sends its headers a byte a second',
    answer: ({ right, request }) => {
      right();
      const bytes = `HTTP/1.1 201 Created\r\nx-slow: ${'z'.repeat(1000)}`;
      let sent = 0;
      const timer = setInterval(() => request.socket.write(bytes.charAt((sent += 1) - 1)), 1000);
      request.socket.once('close', () => {
        clearInterval(timer);
      });
    },
    expect: finished,
  },
  {
    name: 'create-zip-bomb',
    what: 'takes an order and answers with 64 kB of gzip that are 64 MiB',
    answer: takeAndSay(gzipSync(Buffer.alloc(64 * MiB, '{"a":')), { 'content-encoding': 'gzip' }),
    expect: finished,
  },
  {
    name: 'create-endless',
    what: 'takes an order and answers with JSON that never ends',
    answer: (call) => {
      call.right();
      call.response.writeHead(201, { 'content-type': 'application/json' });
      call.response.write('{"id":"');
      sendForever(call, Buffer.alloc(64 * 1024, 'x'));
    },
    expect: finished,
  },
  {
    name: 'create-two-lengths',
    what: 'takes an order and answers with two lengths',
    answer: takeAndWrite(
      (json) => `HTTP/1.1 201 Created\r\ncontent-length: ${json.length}\r\ncontent-length: 3\r\n\r\n${json}`,
    ),
    expect: finished,
  },
  {
    name: 'create-hint-storm',
    what: 'answers an order with 2,000 early hints and then rightly',
    answer: takeAndWrite(
      (json) =>
        'HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n'.repeat(2_000) +
        `HTTP/1.1 201 Created\r\nconnection: close\r\ncontent-length: ${json.length}\r\n\r\n${json}`,
    ),
    expect: finished,
  },
  {
    name: 'create-bad-charset',
    what: 'answers an order with bytes that are no UTF-8',
    answer: (call) => {
      const [head = '', tail = ''] = JSON.stringify({ ...call.right(), logs: '|' }).split('|');
      sendText(
        call,
        Buffer.concat([Buffer.from(head), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from(tail)]),
      );
    },
    expect: finished,
  },
  {
    name: 'create-unavailable',
    what: 'does not take an order and answers 503, once',
    answer: firstTimes(1, (call) => {
      sendText(call, errorPage, { status: 503, headers: html });
    }),
    expect: finished,
  },
  {
    name: 'create-no-money',
    what: 'wants money first',
    answer: refuseWith(402, { detail: 'Insufficient credit.' }),
    expect: { end: 'parked', type: 'BudgetExceeded', words: /Insufficient credit/ },
  },
  {
    name: 'create-strange-refusal',
    what: 'refuses an order with 418 and an object for a reason',
    answer: (call) => {
      sendJson(call, { detail: [{ loc: ['input', 'prompt'], msg: 'wrong' }] }, 418);
    },
    expect: { end: 'parked', type: 'InvalidRequest', words: /answered 418/ },
  },
];

/** Kinds that answer orders wrongly. */
export const createKinds: readonly HostileKind[] = orders.map(({ answer, ...kind }) => ({
  ...kind,
  unit: 'still',
  answers: { create: answer },
}));
