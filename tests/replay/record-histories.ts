import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

import type { WorkflowHandle } from '@temporalio/client';

import { hostAccountId } from '../../domain/permits.ts';
import { approveUpdate, editId, editVideoType } from '../../workflows/messages.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import { wordsAloneModel } from '../support/words-alone-model.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { startTestStack } from '../support/test-stack.ts';
import type { Video } from '../support/video.ts';
import { historiesFolder } from './histories.ts';
import { releasedFolder, sumOf } from './released.ts';
import { withoutTraces } from './without-traces.ts';

/*
 * `npm run record:histories -- [NAME…]` records histories of videos with the current workflow; with names, only those.
 * Run it for a release, for a new path through the workflow, and when a change may break running videos; otherwise keep
 * the histories, because replaying old ones is their purpose. `-- --release 0.1.0` records nothing and freezes the
 * present histories for a release: a test then refuses any change to them.
 */
const wanted = process.argv.slice(2);

const silent = { music: { enabled: false } } as const;

const scenarios: Readonly<Record<string, (fleet: Fleet, name: string) => Promise<Video>>> = {
  happy: async (fleet, name) => {
    const beats = [
      { prompt: beatWords(0), durationSeconds: 5 as const },
      { prompt: beatWords(1), durationSeconds: 10 as const },
    ];
    const video = await fleet.startVideo(briefOf(2, { beats, durationSeconds: 15 }), name);
    await video.result();
    return video;
  },
  'one-beat-failed': async (fleet, name) => {
    fleet.standIn.control.setFaults([
      { match: { kind: 'still', promptIncludes: beatWords(1) }, fault: { type: 'refuse' } },
    ]);
    const video = await fleet.startVideo(briefOf(2, { ...silent, onFailure: 'fail' }), name);
    await video.failure();
    return video;
  },
  'cancelled-mid-fan-out': async (fleet, name) => {
    fleet.standIn.control.setBarrier({ kind: 'clip' });
    const video = await fleet.startVideo(briefOf(4), name);
    await fleet.standIn.control.waitFor({ creates: 8, held: 3, finished: 5 });
    await video.end();
    return video;
  },
  'parked-and-resumed': async (fleet, name) => {
    fleet.standIn.control.setFaults([
      { match: { kind: 'still', promptIncludes: beatWords(0) }, fault: { type: 'refuse' } },
      { match: { kind: 'clip', promptIncludes: beatWords(1) }, fault: { type: 'fail' } },
    ]);
    const video = await fleet.startVideo(briefOf(2, silent), name);
    await video.whenStatus('parked');
    await video.retry({ beat: 'b1', prompt: `${beatWords(0)}, from the side` });
    await video.when(
      'parked among the chunks',
      ({ status, phase }) => status === 'parked' && phase === 'chunks',
    );
    await video.retry({});
    await video.result();
    return video;
  },
  approved: async (fleet, name) => {
    const video = await fleet.startVideo(briefOf(1, { approve: ['storyboard', 'preview'] }), name);
    for (const gate of ['storyboard', 'preview']) {
      const { gate: open } = await video.when(`the gate ${gate}`, (found) => found.gate?.gate === gate);
      await video.handle.executeUpdate(approveUpdate, {
        args: [{ gate: open?.gate ?? 'stills', digest: open?.digest ?? '', by: 'Ada' }],
      });
    }
    await video.result();
    return video;
  },
  revised: async (fleet, name) => {
    const video = await fleet.startVideo(briefOf(2, silent), name);
    await video.result();
    await fleet.client.workflow.execute(editVideoType, {
      workflowId: editId(name, 'recorded'),
      taskQueue: fleet.taskQueue,
      args: [{ edits: [{ op: 'words', beat: 1, still: 'A gull' }] }],
    });
    await video.result();
    return video;
  },
  'budget-raised': async (fleet, name) => {
    const video = await fleet.startVideo(briefOf(2, { ...silent, limits: { budgetUsd: 0.003 } }), name);
    await video.whenStatus('awaiting_budget');
    await video.raiseBudget(5);
    await video.result();
    return video;
  },
  'softened-and-reconciled': async (fleet, name) => {
    fleet.standIn.control.setFaults([
      { match: { kind: 'still', promptIncludes: beatWords(0) }, fault: { type: 'refuse' } },
      { match: { kind: 'still', promptIncludes: beatWords(1) }, fault: { type: 'loseReply' } },
    ]);
    const models = { still: 'flux-kontext-pro' };
    const brief = briefOf(2, { ...silent, models, onRefusal: 'soften' });
    const video = await fleet.startVideo(brief, name);
    await video.whenStatus('parked');
    const { predictions } = fleet.standIn.control.counters();
    const lost = predictions.find(({ input }) => String(input['prompt']).includes(beatWords(1)));
    await video.reconcile({ beat: 'b2', adopt: lost?.id ?? '' });
    await video.result();
    return video;
  },
  'next-model': async (fleet, name) => {
    fleet.standIn.control.setFaults([
      { match: { model: 'black-forest-labs/flux-schnell' }, fault: { type: 'refuse' } },
    ]);
    const models = { still: ['flux-schnell', 'flux-dev'], clip: ['hailuo-02', 'hailuo-02-10s'] };
    const video = await fleet.startVideo(briefOf(2, { models }), name);
    await video.result();
    return video;
  },
  'from-words-alone': async (fleet, name) => {
    const beats = [{ prompt: beatWords(0), durationSeconds: 10 as const }];
    const brief = briefOf(2, { ...silent, beats, models: { clip: 'words-alone' } });
    const video = await fleet.startVideo(brief, name);
    await video.result();
    return video;
  },
  'planned-and-answered-at-once': async (fleet, name) => {
    const video = await fleet.startVideo(
      {
        prompt: 'A small lamp for reading at night',
        durationSeconds: 10,
        aspectRatio: '1:1',
        models: {
          planner: 'gpt-5-mini',
          still: 'minimax-image-01',
          clip: 'minimax-hailuo-02',
          score: 'minimax-music-2.6',
        },
      },
      name,
    );
    await video.result();
    return video;
  },
};

/** Freezes the recorded histories for a release that is about to get its date. */
async function fix(version: string): Promise<void> {
  const names = (await readdir(historiesFolder)).filter((name) => name.endsWith('.json')).sort();
  const sums = await Promise.all(
    names.map(async (name) => [name, sumOf(await readFile(join(historiesFolder, name), 'utf8'))] as const),
  );
  await mkdir(releasedFolder, { recursive: true });
  const text = JSON.stringify(Object.fromEntries(sums), null, 2);
  await writeFile(join(releasedFolder, `${version}.json`), `${text}\n`);
}

async function record(): Promise<void> {
  const stack = await startTestStack();
  Object.assign(process.env, stack.env);
  try {
    const fleet = await startFleet({
      // Permits only for chunks, and a model whose orders cannot be told apart.
      account: { concurrentChunks: 3 },
      models: {
        'flux-kontext-pro': { accepts: {}, input: { prompt: '$prompt', aspect_ratio: '$aspectRatio' } },
        'words-alone': wordsAloneModel,
      },
    });
    try {
      for (const [name, play] of Object.entries(scenarios).filter(([name]) => isWanted(name))) {
        await fleet.standIn.control.reset();
        const video = await play(fleet, `recorded-${name}`);
        await keep(name, video.handle);
      }
      const prefix = fleet.taskQueue.replace(/-orchestrator$/, '');
      if (isWanted('host-account'))
        await keep('host-account', fleet.client.workflow.getHandle(hostAccountId(prefix, 'replicate')));
    } finally {
      await fleet.close();
    }
  } finally {
    await stack.stop();
  }
}

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.includes(name);
}

async function keep(name: string, handle: Pick<WorkflowHandle, 'fetchHistory'>): Promise<void> {
  const history = withoutTraces(JSON.parse(historyToJSON(await handle.fetchHistory())));
  await writeFile(join(historiesFolder, `${name}.json`), `${JSON.stringify(history)}\n`);
}

if (wanted[0] === '--release') await fix(wanted[1] ?? '');
else await record();
