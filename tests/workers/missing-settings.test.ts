import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

/** Everything a program needs but the keys of hosts. */
const env = {
  PATH: process.env['PATH'] ?? '',
  TEMPORAL_ADDRESS: process.env['TEMPORAL_ADDRESS'] ?? '',
  S3_ENDPOINT: process.env['S3_ENDPOINT'] ?? '',
  S3_BUCKET: process.env['S3_BUCKET'] ?? '',
  AWS_ACCESS_KEY_ID: process.env['AWS_ACCESS_KEY_ID'] ?? '',
  AWS_SECRET_ACCESS_KEY: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  FFMPEG: process.env['FFMPEG'] ?? '',
  FFPROBE: process.env['FFPROBE'] ?? '',
  BEATREEL_WEBHOOK_SECRET: 'ab'.repeat(32),
  NODE_NO_WARNINGS: '1',
  BEATREEL_LOG: 'pretty',
};

test.each([
  {
    what: 'a worker without a key of any host',
    program: 'workers/main.ts',
    less: {},
    sentence: /^REPLICATE_API_TOKEN is not set\. It is needed to order .*MINIMAX_API_KEY is not set\./,
  },
  {
    what: 'a worker without a bucket',
    program: 'workers/main.ts',
    less: { S3_BUCKET: '' },
    sentence: /^S3_BUCKET is not set/,
  },
  {
    what: 'a worker whose Temporal does not answer',
    program: 'workers/main.ts',
    less: { TEMPORAL_ADDRESS: '127.0.0.1:9', REPLICATE_API_TOKEN: 'r8_a' },
    sentence:
      /^Starting the worker failed: Temporal does not answer at 127\.0\.0\.1:9 .*set TEMPORAL_ADDRESS/,
  },
  {
    what: 'a worker with a bucket that is not there',
    program: 'workers/main.ts',
    less: { S3_BUCKET: 'no-such-bucket', REPLICATE_API_TOKEN: 'r8_a' },
    sentence: /there is no bucket no-such-bucket at http:.*set S3_BUCKET and S3_ENDPOINT/,
  },
  {
    what: 'the endpoint of webhooks without a key',
    program: 'workers/webhooks/main.ts',
    less: {},
    sentence: /^REPLICATE_API_TOKEN is not set\. It is needed to order /,
  },
])(
  '$what does not start, and says in one line what it misses and where that is used',
  async ({ program, less, sentence }) => {
    const { exitCode, stdout, stderr } = await execa(
      process.execPath,
      [...typescriptFlags, join(packageRoot(), program)],
      { cwd: packageRoot(), env: { ...env, ...less }, extendEnv: false, reject: false },
    );

    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(exitCode).toBe(1);
  },
);
