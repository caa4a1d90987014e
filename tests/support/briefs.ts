import type { BriefInput } from '../../domain/schemas/brief-schema.ts';

/** A brief with beats that a person wrote, of 5 s each, told apart at the host by their prompts (`beat-3 …`). */
export function briefOf(beatCount: number, more: Partial<BriefInput> = {}): BriefInput {
  return {
    prompt: 'The lamp',
    durationSeconds: beatCount * 5,
    // Fewer pixels than the other shapes: every clip of a test is really encoded.
    aspectRatio: '1:1',
    seed: 7,
    beats: Array.from({ length: beatCount }, (_, index) => ({
      prompt: beatWords(index),
      durationSeconds: 5,
    })),
    ...more,
  };
}

/** What the prompts of one beat say, and no other's. */
export function beatWords(beat: number): string {
  return `beat-${beat} of the lamp`;
}

/** Which beat a prompt belongs to. */
export function beatOf(prompt: unknown): number {
  return Number(/beat-(\d+) of the lamp/.exec(String(prompt))?.[1] ?? Number.NaN);
}
