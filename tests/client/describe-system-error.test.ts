import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';

import { describeSystemError } from '../../client/terminal/describe-system-error.ts';

test('a folder that cannot be made is told with its path, the reason and what to do', async () => {
  const error: unknown = await mkdir('/dev/null/out').catch((caught: unknown) => caught);

  expect(describeSystemError(error)).toBe(
    '/dev/null/out cannot be used (ENOTDIR, mkdir). Let this user read and write it, or name another place.',
  );
});

test('a port that is taken is told with its number', async () => {
  const [first, second] = [createServer(), createServer()];
  await new Promise<void>((done) => first.listen(0, '127.0.0.1', done));
  const address = first.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const error = await new Promise((told) => second.once('error', told).listen(port, '127.0.0.1'));
  first.close();

  expect(describeSystemError(error)).toBe(
    `Port ${port} of 127.0.0.1 cannot be listened on (EADDRINUSE): stop what has it, or choose another port.`,
  );
});

test.each([[new Error('a defect')], [new TypeError('x is not a function')], ['text']])(
  '%s is no error of the system',
  (error) => {
    expect(describeSystemError(error)).toBeUndefined();
  },
);
