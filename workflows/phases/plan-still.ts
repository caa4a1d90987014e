import { toModels } from '../../domain/brief.ts';
import { picturesOf } from '../../domain/references.ts';
import type { Beat } from '../../domain/storyboard.ts';
import { stillPlace, wantedStill } from '../../domain/wanted-units.ts';
import type { BoughtPlan } from '../units/bought-plan.ts';
import type { PlanSource } from './plan-source.ts';

/** The plan of the picture that opens a beat. */
export function planStill({ brief, storyboard, stillSlots }: PlanSource, beat: Beat): BoughtPlan {
  const { index, title, stillPrompt, models: own } = beat;
  const { productImage, aspectRatio } = brief;
  const models = toModels(own?.still ?? brief.models.still);
  return {
    place: stillPlace(beat),
    models,
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
    wantedKey: (words) => wantedStill({ brief, storyboard }, beat, words),
  };
}
