import type { BoughtArtifact, VideoRun } from '../video-run.ts';
import { buyUnit } from '../buying/buy-unit.ts';
import { assertCount } from '../domain/assert-count.ts';
import type { Beat } from '../domain/storyboard.ts';
import { toModels } from '../buying/purchase.ts';
import { pad, unitName } from '../domain/unit.ts';
import { settleAll } from '../settle-all.ts';
import { completeUnits } from './complete-units.ts';

/** Phase 2: one still per beat, exactly. @returns in beat order */
export async function makeStills(run: VideoRun): Promise<readonly BoughtArtifact[]> {
  const { board, storyboard } = run;
  const { beats } = storyboard;
  board.expectUnits(
    'storyboard',
    beats.map(({ index }) => ({ name: stillName(index), beat: index })),
  );
  board.startPhase('storyboard');
  const stills = await completeUnits(run, { phases: ['storyboard'], things: 'stills', wholes: 'beats' }, () =>
    settleAll(beats.map((beat) => makeStill(run, beat))),
  );
  assertCount({ things: 'stills', count: stills.length, wholes: 'beats', expected: beats.length });
  board.endPhase('storyboard', 'succeeded');
  return stills;
}

function makeStill(run: VideoRun, beat: Beat): Promise<BoughtArtifact | undefined> {
  const { brief, storyboard, stills } = run;
  const { productImage, aspectRatio } = brief;
  return buyUnit(run, {
    phase: 'storyboard',
    beat: beat.index,
    chunk: 0,
    ...toModels(brief.models.still),
    queue: 'stills',
    summary: `still ${beat.index + 1}/${storyboard.beats.length}: ${beat.title}`,
    path: `stills/${pad(beat.index)}`,
    semaphore: stills,
    describe: ({ seed, prompt = beat.stillPrompt }) => ({
      kind: 'still',
      prompt,
      seed,
      aspectRatio,
      ...(productImage ? { referenceImage: productImage } : {}),
    }),
  });
}

function stillName(beat: number): string {
  return unitName({ phase: 'storyboard', beat, chunk: 0 });
}
