import type { Logger } from '@temporalio/worker';
import { request } from 'undici';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { readListenAddress, showAddress } from '../../workers/configuration/read-listen-address.ts';
import { choosePort, releasePorts } from '../../workers/dev/local-stack/processes/free-ports.ts';
import { startHealthServer } from '../../workers/health/health-server.ts';
import { watchTemporal } from '../../workers/health/watch-temporal.ts';
import { until } from '../support/until.ts';

test('a process with something wrong is alive and not ready, and names what', async () => {
  const port = await choosePort();
  await releasePorts([port]);
  const server = await startHealthServer(
    { ip: '127.0.0.1', port },
    {
      temporal: () => Promise.reject(new Error('nobody at https://user:word@temporal:7233')),
      bucket: () => Promise.resolve(undefined),
    },
  );
  try {
    const alive = await request(`http://127.0.0.1:${port}/healthz`);
    expect([alive.statusCode, await alive.body.json()]).toEqual([200, { alive: true }]);
    const ready = await request(`http://127.0.0.1:${port}/readyz`);
    expect([ready.statusCode, await ready.body.json()]).toEqual([
      503,
      { ready: false, checks: { temporal: 'nobody at https://…@temporal:7233', bucket: 'ok' } },
    ]);
    const posted = await request(`http://127.0.0.1:${port}/readyz`, { method: 'POST' });
    await posted.body.dump();
    expect(posted.statusCode).toBe(405);
  } finally {
    await server.close();
  }
});

test('a lost connection is said once, and once that it is back', async () => {
  const said: string[] = [];
  const answers = [true, false, false, false, true, true];
  let asked = 0;
  const note = (level: string) => (message: string) => said.push(`${level} ${message}`);
  const logger = { warn: note('WARN'), info: note('INFO') } as unknown as Logger;
  const ask = () => (answers[asked++] === false ? Promise.reject(new Error('refused')) : Promise.resolve());
  const watch = watchTemporal({ ask, logger, address: 'temporal:7233', namespace: 'default', everyMs: 1 });
  await until(() => asked > answers.length, { what: 'every look' });
  watch.close();
  expect(said).toEqual(['WARN Temporal does not answer', 'INFO Temporal answers again']);
});

test.each([
  ['9464', '127.0.0.1:9464'],
  ['0.0.0.0:9464', '0.0.0.0:9464'],
  ['[::1]:9464', '[::1]:9464'],
])('BEATREEL_METRICS=%s listens on %s', (text, shown) => {
  const address = readListenAddress({ BEATREEL_METRICS: text }, 'BEATREEL_METRICS');
  expect(address && showAddress(address)).toBe(shown);
});

test('an address is off by default', () => {
  expect(readListenAddress({}, 'BEATREEL_HEALTH')).toBeUndefined();
});

test.each(['here', '70000', 'localhost:80', '0', '1.2.3:80'])('BEATREEL_HEALTH=%s is refused', (text) => {
  expect(() => readListenAddress({ BEATREEL_HEALTH: text }, 'BEATREEL_HEALTH')).toThrow(BeatreelFailure);
});
