import type { ClipModelChoice } from '../../domain/brief.ts';
import { toModels } from '../../domain/brief.ts';
import type { ChunkPlan } from '../../domain/chunks.ts';
import { picturesOf } from '../../domain/references.ts';
import type { Beat } from '../../domain/storyboard.ts';
import { chunkPlace, wantedChunk } from '../../domain/wanted-units.ts';
import type { BoughtPlan } from '../units/bought-plan.ts';
import type { PlanSource } from './plan-source.ts';

/** The plan of one chunk; its footage starts from a picture where the model takes one. */
export function planChunk(
  { brief, storyboard, timeline, chunkSlots }: PlanSource,
  plan: ChunkPlan,
): BoughtPlan {
  const beat = storyboard.beats.find(({ id }) => id === plan.beat);
  const models = toModels(beat?.models?.clip ?? brief.models.clip);
  const { aspectRatio } = brief;
  return {
    place: chunkPlace(plan),
    models,
    summary: `chunk ${timeline.indexOf(plan) + 1}/${timeline.length}: ${beat?.title ?? ''}`,
    slots: chunkSlots,
    // Hu's rule: the longest remaining chain goes first, which no schedule of equal jobs can beat.
    priority: plan.followers,
    describe: ({ model: { name }, seed, words, from }) => {
      const clip = models.find((other) => other.name === name) ?? models[0];
      return {
        kind: 'clip',
        prompt: words ?? motionPrompt(beat, clip),
        seed,
        aspectRatio,
        firstFrame: clip.firstFrame === false ? undefined : from,
        referenceImages: beat && clip.referenceImages !== undefined ? picturesOf(brief, beat) : undefined,
        clipSeconds: clip.clipSeconds,
      };
    },
    wantedKey: (words, from) => wantedChunk({ brief, storyboard }, plan, { words, from }),
  };
}

/**
 * The prompt for a beat's footage. A model without a first frame needs the words of the still too; a model with sound
 * must add no music of its own, because the score lies under the footage.
 */
function motionPrompt(beat: Beat | undefined, { firstFrame, nativeAudio }: ClipModelChoice): string {
  const { stillPrompt = '', motionPrompt: motion = '' } = beat ?? {};
  return [
    ...(firstFrame === false ? [stillPrompt] : []),
    motion,
    ...(nativeAudio === true ? ['Only the sounds of the scene itself, no music.'] : []),
  ].join(' ');
}
