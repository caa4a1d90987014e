import { toModels } from '../../domain/brief.ts';
import { picturesOf } from '../../domain/references.ts';
import type { Beat } from '../../domain/storyboard.ts';
import type { BoughtPlan } from '../units/bought-plan.ts';
import type { PlanSource } from './plan-source.ts';

/** The picture that opens a beat. */
export function planStill({ brief, storyboard, stillSlots }: PlanSource, beat: Beat): BoughtPlan {
  const { productImage, aspectRatio } = brief;
  const { index, title, stillPrompt } = beat;
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
      referenceImages: picturesOf(brief, beat),
    }),
  };
}
