import type { BriefInput } from '../../../domain/schemas/brief-schema.ts';

/** Six beats, two of them longer than one prediction: 6 stills, 8 chunks and the score. */
const lengths = [5, 10, 5, 5, 10, 5] as const;

/** The units that a video of the soak should buy. */
export const plannedUnits = { still: 6, clip: 8, score: 1 } as const;

export const durationSeconds = lengths.reduce<number>((sum, seconds) => sum + seconds, 0);

/** @param name by which prompts identify the video */
export function soakBrief(name: string): BriefInput {
  return {
    prompt: `A lighthouse through the year, ${name}`,
    durationSeconds,
    // Fewer pixels than the other shapes, because every clip is really encoded.
    aspectRatio: '1:1',
    beats: lengths.map((seconds, beat) => ({
      prompt: `The lighthouse of ${name}, month ${beat}`,
      durationSeconds: seconds,
    })),
  };
}
