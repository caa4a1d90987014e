import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { useDevEnvironment } from '../../client/cli/dev-environment.ts';

let root: string;
let file: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'beatreel-root-'));
  file = join(root, '.beatreel', 'dev-environment.json');
  await mkdir(join(root, '.beatreel'));
  await write(process.pid);
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(owner: number): Promise<void> {
  const variables = {
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    S3_ENDPOINT: 'http://127.0.0.1:8333',
    AWS_PROFILE: '',
    BEATREEL_STACK_OWNER: String(owner),
  };
  await writeFile(file, JSON.stringify(variables));
}

test('a stack that is up is found, and its keys go before those of other stores', () => {
  const env: NodeJS.ProcessEnv = { HOME: '/root', AWS_PROFILE: 'work', TEMPORAL_ADDRESS: '' };
  expect(useDevEnvironment(env, root)).toBe(file);
  expect(env).toEqual({
    HOME: '/root',
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    S3_ENDPOINT: 'http://127.0.0.1:8333',
    AWS_PROFILE: '',
  });
});

test.each([
  'TEMPORAL_ADDRESS',
  'TEMPORAL_PROFILE',
  'TEMPORAL_CONFIG_FILE',
  'TEMPORAL_TLS',
  'S3_ENDPOINT',
  'S3_BUCKET',
])('a local stack is nobody’s business where %s names a server', (name) => {
  const env = { [name]: 'mine' };
  expect(useDevEnvironment(env, root)).toBeUndefined();
  expect(env).toEqual({ [name]: 'mine' });
});

test('a file that a killed process left behind counts for nothing', async () => {
  // Linux gives no process a number above 2^22.
  await write(2 ** 22 + 1);
  expect(useDevEnvironment({}, root)).toBeUndefined();
});

test('no file and half a file count for nothing', async () => {
  await writeFile(file, '{"TEMPORAL_ADDR');
  expect(useDevEnvironment({}, root)).toBeUndefined();
  await rm(file);
  expect(useDevEnvironment({}, root)).toBeUndefined();
});
