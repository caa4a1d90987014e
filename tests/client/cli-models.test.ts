import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCli } from './support/run-cli.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatreel-models-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('models lists what each model makes and costs, and needs no server', async () => {
  const run = await runCli({}, ['models']);

  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(run.stdout).toMatch(/^hailuo-02\* +clip +replicate +\$0\.45 +2026-11-22 +6 s \(could: 10\)/m);
  expect(run.stdout).toMatch(
    /^veo-3\.1 .*8 s \(could: 4, 6\), 720p, with sound, 16:9 9:16, first and last frame/m,
  );
  expect(run.stdout).toMatch(/^music-1\.5 .*a length of its own, prompts of 300 characters/m);
});

test('models of one kind are listed as JSON, without how their host wants to be asked', async () => {
  const run = await runCli({}, ['models', '--kind', 'score', '--json']);

  const models = run.json() as { name: string; kind: string; isDefault: boolean; price: object }[];
  expect(models.map(({ name }) => name)).toEqual([
    'stable-audio-2.5',
    'musicgen',
    'music-1.5',
    'minimax-music-2.6',
  ]);
  expect(models[0]).toMatchObject({ kind: 'score', isDefault: true, maxSeconds: 190 });
  expect(models[1]).toMatchObject({ isDefault: false, price: { perSecondUsd: 0.0014 } });
  expect(models[0]).not.toHaveProperty('input');
});

test('language models that plan are listed with the most that a plan costs, and what tokens do', async () => {
  const run = await runCli({}, ['models', '--kind', 'planner']);

  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(run.stdout).toMatch(
    /^gpt-5-mini\* +planner +chat-completions +\$0\.10 +2026-11-24 +storyboards; a million tokens cost \$0\.25 in and \$2\.00 out$/m,
  );
  expect(run.stdout).not.toContain('flux');
  expect(run.stdout).toContain('built-in');
  const listed = (await runCli({}, ['models', '--kind', 'planner', '--json'])).json();
  expect(listed).toMatchObject([{ name: 'gpt-5-mini', isDefault: true, price: { perPlanUsd: 0.1 } }, {}]);
});

test('a kind that does not exist is refused with those that do', async () => {
  const run = await runCli({}, ['models', '--kind', 'picture']);

  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('still, clip, score');
});

test('a catalogue of your own is read, and one that is none is refused with its path', async () => {
  const path = join(folder, 'models.yaml');
  await writeFile(path, 'models: {}\n');

  const run = await runCli({ BEATREEL_CATALOGUE: path }, ['models']);

  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(`${path} is not a catalogue`);
  expect(run.stderr).toContain('BEATREEL_CATALOGUE');
});
