import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { compareWithPublished } from './compare-with-published.ts';
import type { Contract, Schema } from './contract.ts';
import type { PublishedFile } from './published-file.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

const text: Schema = { type: 'string' };

const contract: Contract = {
  source: 'this test',
  assumptions: { 'POST /orders 201 id': 'It is of no use without.' },
  headers: {},
  schemas: {},
  calls: [
    {
      method: 'POST',
      path: '/orders',
      headers: { properties: { accept: text, 'cancel-after': text } },
      query: { properties: { since: text } },
      body: {
        type: 'object',
        required: ['input'],
        properties: { input: { type: 'object' }, events: { type: 'array', items: { enum: ['end'] } } },
      },
      answers: {
        '201': {
          type: 'object',
          required: ['id'],
          properties: {
            id: text,
            status: { enum: ['running', 'ended'] },
            next: { type: ['string', 'null'] },
          },
        },
      },
    },
  ],
};

interface Changes {
  readonly body?: Schema;
  readonly answer?: Schema;
  readonly parameters?: readonly string[];
  readonly path?: string;
  readonly status?: string;
}

/** A host's published file of the contract, with changes. */
function publish(changes: Changes = {}): PublishedFile {
  const { body, answer, parameters = ['Cancel-After', 'since'], path = '/orders', status = '201' } = changes;
  const operation = {
    parameters: [{ $ref: '#/parameters/deadline' }, { name: parameters[1] ?? 'other', in: 'query' }],
    requestBody: { content: { 'application/json': { schema: { ...publishedBody, ...body } } } },
    responses: { [status]: { content: { 'application/json': { schema: { $ref: '#/answer' } } } } },
  };
  return {
    paths: { [path]: { post: operation } },
    ...{ parameters: { deadline: { name: parameters[0], in: 'header' } } },
    ...{ answer: { ...publishedAnswer, ...answer } },
  };
}

const publishedBody: Schema = {
  type: 'object',
  required: ['input'],
  properties: {
    input: { type: 'object' },
    events: { type: 'array', items: { type: 'string', enum: ['start', 'end'] } },
    unused: text,
  },
};

const publishedAnswer: Schema = {
  type: 'object',
  properties: {
    id: text,
    status: { type: 'string', enum: ['running', 'ended'] },
    next: { type: 'string', nullable: true },
    unread: { type: 'integer' },
  },
};

test('a file that takes what we send and promises what we read agrees with the contract', () => {
  expect(compareWithPublished(contract, publish())).toEqual({
    calls: ['POST /orders'],
    differences: [],
    assumptions: ['POST /orders 201 id: It is of no use without.'],
  });
});

const { properties: bodyFields = {} } = publishedBody;
const { properties: answerFields = {} } = publishedAnswer;

test.each<[string, Changes, string]>([
  ['moves a call', { path: '/elsewhere' }, 'POST /orders is not published'],
  ['answers otherwise', { status: '200' }, 'POST /orders 201 is no published answer'],
  ['drops a header', { parameters: ['Prefer', 'since'] }, 'header cancel-after is sent and not published'],
  ['drops a query', { parameters: ['Cancel-After', 'after'] }, 'query since is sent and not published'],
  [
    'requires what we do not send',
    { body: { required: ['input', 'version'] } },
    'POST /orders body version is required and not always sent',
  ],
  [
    'drops a field that we send',
    { body: { properties: { input: { type: 'object' } } } },
    'POST /orders body events is sent and not published',
  ],
  [
    'takes another type',
    { body: { properties: { ...bodyFields, input: { type: 'array' } } } },
    'POST /orders body input may be object where array is taken',
  ],
  [
    'drops a value that we send',
    { body: { properties: { ...bodyFields, events: { type: 'array', items: { enum: ['start'] } } } } },
    'POST /orders body events[] sends end, which is not published',
  ],
  [
    'invents a status',
    { answer: { properties: { ...answerFields, status: { enum: ['running', 'ended', 'queued'] } } } },
    'POST /orders 201 status may be queued, which we do not read',
  ],
  [
    'answers with another type',
    { answer: { properties: { ...answerFields, id: { type: 'integer' } } } },
    'POST /orders 201 id may be integer where string is taken',
  ],
  [
    'drops a field that we read',
    { answer: { properties: { id: text, status: answerFields['status'] ?? {} } } },
    'POST /orders 201 next is read and not published',
  ],
  [
    'promises what was assumed',
    { answer: { required: ['id'] } },
    'POST /orders 201 id is assumed, and promised by now, or no part of the contract any more',
  ],
])('a file that %s differs, and the place is named', (_what, changes, difference) => {
  const { differences } = compareWithPublished(contract, publish(changes));

  expect(differences.join('\n')).toContain(difference);
});

test('the program exits with 1 when there are differences, and with 2 without a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-contracts-'));
  try {
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify({ info: { version: '9' }, paths: {} }));

    const different = await compare([file]);
    expect(different.exitCode).toBe(1);
    expect(different.stdout).toContain('POST /predictions is not published');

    expect(await compare([])).toMatchObject({ exitCode: 2, stdout: '' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

function compare(args: readonly string[]) {
  const program = join(packageRoot(), 'tests', 'contracts', 'compare.ts');
  return execa(process.execPath, [...typescriptFlags, program, ...args], { reject: false, timeout: 40_000 });
}
