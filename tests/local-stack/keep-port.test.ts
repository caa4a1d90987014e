import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { releasePorts } from '../../workers/dev/local-stack/processes/free-ports.ts';
import { keepPort } from '../../workers/dev/local-stack/processes/keep-port.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'beatreel-ports-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Keeps a port as one start of a stack does. */
async function start(name: string, setting: number | 'auto' = 'auto'): Promise<number> {
  const port = await keepPort(root, { name, setting });
  await releasePorts([port]);
  return port;
}

test('a port once taken is kept for every later start, for each server its own', async () => {
  const [standIn, webhooks] = [await start('standIn'), await start('webhooks')];

  expect(webhooks).not.toBe(standIn);
  expect([await start('standIn'), await start('webhooks')]).toEqual([standIn, webhooks]);
});

test('a port that somebody else has by now is replaced, and the new one is kept', async () => {
  const before = await start('standIn');
  const stranger = createServer().listen(before, '127.0.0.1');
  await once(stranger, 'listening');

  const after = await start('standIn');
  stranger.close();

  expect(after).not.toBe(before);
  expect(await start('standIn')).toBe(after);
});

test('a damaged file keeps nothing and stops nobody', async () => {
  await start('standIn');
  await writeFile(join(root, '.beatreel', 'ports', 'standIn'), '{');

  expect(await start('standIn')).toBeGreaterThan(0);
});
