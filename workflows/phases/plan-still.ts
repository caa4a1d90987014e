import { toModels } from '../domain/brief.ts';
import type { Beat } from '../domain/storyboard.ts';
import type { PlannedVideo } from '../planned-video.ts';
import type { BoughtPlan } from '../units/bought-plan.ts';

/** The picture that opens a beat. */
export function planStill(
  { brief, storyboard, stillSlots }: Pick<PlannedVideo, 'brief' | 'storyboard' | 'stillSlots'>,
  { index, title, stillPrompt }: Beat,
): BoughtPlan {
  const { productImage, aspectRatio } = brief;
  return {
    place: { medium: 'still', beat: index, chunk: 0 },
    models: toModels(brief.models.still),
    summary: `still ${index + 1}/${storyboard.beats.length}: ${title}`,
    slots: stillSlots,
    describe: ({ seed, words = stillPrompt }) => ({
      kind: 'still',
      prompt: words,
      seed,
      aspectRatio,
      referenceImage: productImage,
    }),
  };
}
