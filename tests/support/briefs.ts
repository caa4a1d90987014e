import type { BriefInput } from '../../domain/schemas/brief-schema.ts';

/** A brief with a person's beats of 5 s each, which the host can tell apart by their prompts (`beat-3 …`). */
export function briefOf(beatCount: number, more: Partial<BriefInput> = {}): BriefInput {
  return {
    prompt: 'The lamp',
    durationSeconds: beatCount * 5,
    // Fewer pixels than the other shapes, because every clip of a test is really encoded.
    aspectRatio: '1:1',
    seed: 7,
    beats: Array.from({ length: beatCount }, (_, index) => ({
      prompt: beatWords(index),
      durationSeconds: 5,
    })),
    ...more,
  };
}

/** Words that only the prompts of this beat contain. */
export function beatWords(beat: number): string {
  return `beat-${beat} of the lamp`;
}

/** The beat to which a prompt belongs. */
export function beatOf(prompt: unknown): number {
  return Number(/beat-(\d+) of the lamp/.exec(String(prompt))?.[1] ?? Number.NaN);
}
