import { execa } from 'execa';

import { chooseLevel } from '../../workers/logging/choose-level.ts';
import { describeUnit } from '../../workers/logging/describe-unit.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

test.each([
  ['still-b4-t0-submit', { phase: 'storyboard', beat: 'b4' }],
  ['chunk-b4-2-t2-1a2b3c4d-await', { phase: 'chunks', beat: 'b4', chunk: 2 }],
  ['clip-b1-3-normalise', { phase: 'stitch', beat: 'b1', chunk: 3 }],
  ['score-fit', { phase: 'music' }],
  ['7', {}],
  ['chunky-03-t0', {}],
])('the activity %s is described by its place in the video', (activityId, fields) => {
  expect(describeUnit(activityId)).toEqual(fields);
});

/** Logs one line in a separate process, because a logger is installed once per process. */
async function logLine(format: string, message = 'Clip stored'): Promise<string> {
  const program = `
    import { Runtime } from '@temporalio/worker';
    import { installLogger } from './workers/logging/install-logger.ts';
    installLogger();
    Runtime.instance().logger.warn('${message}', {
      workflowId: 'my-video', activityId: 'chunk-b4-2-store', activityType: 'storeArtifact', attempt: 2, sizeBytes: 5n,
      runId: 'x', sdkComponent: 'activity', error: new Error('gone'),
    });
    Runtime.instance().logger.info('No workflows registered, not polling for workflow tasks', { sdkComponent: 'worker' });
    await Runtime.instance().shutdown();
  `;
  const { stdout, stderr } = await execa(
    process.execPath,
    [...typescriptFlags, '--input-type=module', '--eval', program],
    { env: { BEATREEL_LOG: format } },
  );
  expect(stdout).toBe('');
  return stderr.trim();
}

test('a JSON line names the video, the phase, the beat and the chunk, and what the log is about', async () => {
  const line = await logLine('json');
  expect(JSON.parse(line)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    level: 'WARN',
    message: 'Clip stored',
    videoId: 'my-video',
    phase: 'chunks',
    beat: 'b4',
    chunk: 2,
    activity: 'storeArtifact',
    attempt: 2,
    sizeBytes: 5,
    error: { name: 'Error', message: 'gone' },
  });
});

test.each(['json', 'pretty'])('a %s line is one line without control characters', async (format) => {
  const line = await logLine(format, 'Clip\\u009b2J\\u001b[31m\\u202e\\nforged stored');
  expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
});

test('a pretty line says the same to a person', async () => {
  const line = await logLine('pretty');
  expect(line).toContain(
    'WARN  Clip stored videoId=my-video phase=chunks beat=b4 chunk=2 activity=storeArtifact',
  );
  expect(line.split('\n')).toHaveLength(1);
});

/** Runs statements in a separate process, because a logger is installed once per process. @returns its lines */
async function logFrom(statements: string, env: Readonly<Record<string, string>>): Promise<string[]> {
  const program = `
    import './workers/logging/keep-warnings.ts';
    import { Runtime } from '@temporalio/worker';
    import { installLogger } from './workers/logging/install-logger.ts';
    import { runProgram } from './workers/programs/run-program.ts';
    import { logFatal } from './workers/logging/report-fatal.ts';
    await runProgram(async () => {
      process.emitWarning('early');
      installLogger();
      const { logger } = Runtime.instance();
      ${statements}
      await new Promise((later) => setTimeout(later, 50));
      return 0;
    }, logFatal);
  `;
  const { stderr } = await execa(
    process.execPath,
    [...typescriptFlags, '--input-type=module', '--eval', program],
    { env, reject: false },
  );
  return stderr.split('\n').filter((line) => line !== '');
}

test('with BEATREEL_LOG=json warnings of Node, words of libraries and the last error are JSON too', async () => {
  const written = await logFrom(
    `process.emitWarning('late', 'DeprecationWarning'); console.error('from %s', 'a library');
      await new Promise((later) => setTimeout(later, 50)); throw new Error('the end');`,
    { BEATREEL_LOG: 'json', NODE_NO_WARNINGS: '0' },
  );
  const said = written.map((line) => JSON.parse(line) as { level: string; message: string });
  expect(said.map(({ level, message }) => `${level} ${message.split('\n')[0] ?? ''}`).sort()).toEqual([
    'ERROR Error: the end',
    'INFO DeprecationWarning: late',
    'INFO Warning: early',
    'INFO from a library',
  ]);
});

test('BEATREEL_LOG_LEVEL leaves out what matters less, and refuses what is no level', async () => {
  const speak = `for (const level of ['debug', 'info', 'warn']) logger[level](level + ' words');`;
  const quiet = await logFrom(speak, { BEATREEL_LOG: 'pretty', BEATREEL_LOG_LEVEL: 'warning' });
  expect(quiet.filter((line) => line.includes('words'))).toHaveLength(1);
  const loud = await logFrom(speak, { BEATREEL_LOG: 'pretty', BEATREEL_LOG_LEVEL: 'DEBUG' });
  expect(loud.filter((line) => line.includes('words'))).toHaveLength(3);
  const [wrong] = await logFrom(speak, { BEATREEL_LOG: 'pretty', BEATREEL_LOG_LEVEL: 'loud' });
  expect(wrong).toContain('BEATREEL_LOG_LEVEL is "loud": one of TRACE, DEBUG, INFO, WARN, ERROR.');
});

test.each([
  ['ProviderBusy', 10, 'INFO'],
  ['ProviderUnavailable', 3, 'INFO'],
  ['ProviderUnavailable', 10, 'WARN'],
  ['TypeError', 1, 'WARN'],
])('an attempt that failed by %s, the %dth, is logged with %s', (type, attempt, level) => {
  const meta = { error: { type }, attempt };
  expect(chooseLevel({ level: 'WARN', message: 'Activity failed', timestampNanos: 0n, meta })).toBe(level);
});
