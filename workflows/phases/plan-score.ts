import { toModels } from '../../domain/brief.ts';
import type { BoughtPlan } from '../units/bought-plan.ts';
import type { PlanSource } from './plan-source.ts';

/** The music: the video can do without, so it takes no money from the footage. */
export function planScore(video: PlanSource): BoughtPlan {
  const { brief, storyboard } = video;
  return {
    place: { medium: 'score', beat: 0, chunk: 0 },
    models: toModels(brief.models.score),
    summary: 'score',
    leaveUsd: () => video.unreservedFootageUsd,
    describe: ({ seed, words = storyboard.musicPrompt }) => ({
      kind: 'score',
      prompt: words,
      seed,
      seconds: brief.durationSeconds,
    }),
  };
}
