import type { Revised } from '../../client/index.ts';
import { type Revision, revisionKey } from '../../domain/revision.ts';
import { runCli } from '../client/support/run-cli.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import { boughtBy, type RevisionBench, startRevisionBench } from '../support/revision-bench.ts';

let bench: RevisionBench;

beforeAll(async () => {
  bench = await startRevisionBench();
});
afterAll(() => bench.close());

test('a person changes one line of a finished video from the command line, and pays for its beat', async () => {
  const { fleet } = bench;
  const env = {
    ...fleet.env,
    TEMPORAL_ADDRESS: process.env['TEMPORAL_ADDRESS'] ?? '',
    BEATREEL_QUEUE_PREFIX: fleet.settings.queues.prefix,
  };
  const video = await fleet.startVideo(briefOf(2, { music: { enabled: false } }));
  await video.result();
  const words = `A gull at dawn, ${beatWords(1)}`;
  const change = [video.id, '--beat', '2', '--words', words];

  const planned = await runCli(env, ['plan', ...change, '--json']);
  expect(planned).toMatchObject({ exitCode: 0, stderr: '' });
  const plan = planned.json() as Revised;
  expect(boughtBy(plan)).toEqual(['still-b2', 'chunk-b2-1']);
  expect(bench.creates()).toBe(4);

  const accepted = ['--accept', plan.plan.digest, '--base', '1', '--by', 'Ada', '--reason', 'More weather.'];
  const revised = await runCli(env, ['revise', ...change, ...accepted]);
  expect(revised).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await runCli(env, ['watch', video.id])).toMatchObject({ exitCode: 0 });

  expect(bench.creates()).toBe(6);
  const stored = (await fleet.dependencies.store.getJson(revisionKey(video.id, 2)))?.value as Revision;
  expect(stored).toMatchObject({
    by: 'Ada',
    reason: 'More weather.',
    edits: [{ op: 'words', still: words }],
  });
  const late = await runCli(env, ['revise', video.id, '--title', 'Dawn', '--base', '1']);
  expect(late.exitCode).not.toBe(0);
  expect(late.stderr).toContain('there is a newer one: revision 2 by Ada');
  expect(await bench.problemsOf(video, 2)).toEqual([]);
});
