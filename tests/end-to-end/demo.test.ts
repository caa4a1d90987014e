import { readdir, readlink, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { execa, type Options } from 'execa';

import { probeMedia } from '../../activities/media/probe.ts';
import { type FreshClone, makeFreshClone } from '../support/fresh-clone.ts';

let files: FreshClone;
let clone: string;

beforeAll(async () => {
  files = await makeFreshClone();
  clone = files.folder;
});

afterAll(() => files.remove());

/** An environment with Node, npm, Python and the system, without the servers and tools of this test run. */
function bareEnvironment(): Record<string, string> {
  const path = [dirname(process.execPath), ...(process.env['PATH'] ?? '').split(delimiter)]
    .filter((folder) => !folder.includes('node_modules') && !folder.includes('.beatreel'))
    .join(delimiter);
  const kept = ['HOME', 'TMPDIR', 'LANG', 'PYENV_ROOT', 'BEATREEL_TEST_RUN'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), PATH: path };
}

function inClone(): Options {
  return { cwd: clone, env: bareEnvironment(), extendEnv: false };
}

interface Report {
  readonly videoId: string;
  readonly status: string;
  readonly beats: number;
  readonly stills: number;
  readonly chunks: number;
  readonly clips: number;
  readonly durationSeconds: number;
  readonly costUsd: number;
  readonly file: string;
  readonly phases: readonly unknown[];
}

async function demo(args: readonly string[]): Promise<{ readonly report: Report; readonly stderr: string }> {
  const { stdout, stderr } = await execa(
    'npm',
    ['run', '--silent', 'demo', '--', '--json', ...args],
    inClone(),
  );
  const lines = String(stdout).trim().split('\n');
  expect(lines).toHaveLength(1);
  return { report: JSON.parse(lines[0] ?? '') as Report, stderr: String(stderr) };
}

/** Processes whose working folder lies in the clone, as for everything that the demo starts. */
async function processesOfClone(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => '')));
  return folders.filter((folder) => folder === clone || folder.startsWith(`${clone}/`));
}

test('npm run demo makes a video in a fresh clone, and again with everything it has', async () => {
  const first = await demo([]);
  expect(first.report).toMatchObject({
    status: 'succeeded',
    beats: 3,
    stills: 3,
    chunks: 3,
    clips: 3,
    durationSeconds: 15,
  });
  expect(first.report.phases).toHaveLength(5);
  expect(first.report.costUsd).toBeGreaterThan(0);
  const tools = { ffmpeg: process.env['FFMPEG'] ?? 'ffmpeg', ffprobe: process.env['FFPROBE'] ?? 'ffprobe' };
  const media = await probeMedia(tools, first.report.file);
  expect(Math.abs(media.durationSeconds - 15)).toBeLessThanOrEqual(1 / 24);
  expect(media.streams.map(({ type, codec }) => `${type} ${codec}`)).toEqual(['video h264', 'audio aac']);
  expect(await processesOfClone()).toEqual([]);

  const installed = (await stat(join(clone, 'node_modules'))).birthtimeMs;
  const toolFolders = await readdir(join(clone, '.beatreel', 'tools'));
  const second = await demo(['--prompt', 'A kettle that sings in tune', '--duration', '5']);
  expect(second.report).toMatchObject({ status: 'succeeded', beats: 1, durationSeconds: 5 });
  expect((await stat(join(clone, 'node_modules'))).birthtimeMs).toBe(installed);
  expect(await readdir(join(clone, '.beatreel', 'tools'))).toEqual(toolFolders);
});

test('Ctrl-C ends the demo and everything it started', async () => {
  const running = execa('npm', ['run', '--silent', 'demo'], { ...inClone(), detached: true, reject: false });
  let told = '';
  await new Promise<void>((started, failed) => {
    running.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (told.includes('Worker started')) started();
    });
    void running.finally(() => {
      failed(new Error(`The demo ended before it was interrupted: ${told}`));
    });
  });
  // A terminal sends the interrupt to the whole group in its foreground.
  process.kill(-(running.pid ?? 0), 'SIGINT');
  await running;
  expect(await processesOfClone()).toEqual([]);
});

test('a bad prompt is refused before anything is started', async () => {
  const { exitCode, stderr } = await execa(
    'npm',
    ['run', '--silent', 'demo', '--', '--prompt', 'x', '--duration', '3'],
    {
      ...inClone(),
      reject: false,
    },
  );
  expect(exitCode).toBe(1);
  expect(String(stderr)).toContain('durationSeconds is 3: at least 5');
});
