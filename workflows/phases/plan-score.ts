import { toModels } from '../../domain/brief.ts';
import { scorePlace, wantedScore } from '../../domain/wanted-units.ts';
import type { BoughtPlan } from '../units/bought-plan.ts';
import type { PlanSource } from './plan-source.ts';

/** The plan of the music. The video can do without it, so it takes no money from the footage. */
export function planScore(video: PlanSource): BoughtPlan {
  const { brief, storyboard } = video;
  return {
    place: scorePlace,
    models: toModels(brief.models.score),
    summary: 'score',
    leaveUsd: () => video.unreservedFootageUsd,
    describe: ({ seed, words = storyboard.musicPrompt }) => ({
      kind: 'score',
      prompt: words,
      seed,
      seconds: brief.durationSeconds,
    }),
    wantedKey: (words) => wantedScore({ brief, storyboard }, words),
  };
}
