import { toModels } from '../domain/brief.ts';
import type { PlannedVideo } from '../planned-video.ts';
import type { BoughtPlan } from '../units/bought-plan.ts';

/** The music: the video can do without, so it takes no money from the footage. */
export function planScore(video: PlannedVideo): BoughtPlan {
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
