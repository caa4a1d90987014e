import { assertCount } from '../../domain/assert-count.ts';
import type { PlannedVideo } from '../planned-video.ts';
import { settleAll } from '../settle-all.ts';
import type { BoughtArtifact } from '../units/take.ts';
import { completeUnits } from './complete-units.ts';

/** Phase 2: one still per beat, exactly. @returns in beat order */
export async function makeStills({
  video,
  brief,
  storyboard,
  stills,
}: PlannedVideo): Promise<readonly BoughtArtifact[]> {
  const { onFailure } = brief;
  const phase = video.phase('storyboard');
  phase.begin();
  const kind = { phases: ['storyboard'], what: 'stills', per: 'beats', onFailure } as const;
  const bought = await completeUnits(video, kind, () => settleAll(stills.map((still) => still.buy())));
  const { length: expected } = storyboard.beats;
  assertCount({ what: 'stills', count: bought.length, per: 'beats', expected });
  phase.end('succeeded');
  return bought;
}
