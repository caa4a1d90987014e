/** What a catalogue can ask for, each with a `$` before it. */
export const placeholders = [
  'prompt',
  'seed',
  'aspectRatio',
  'seconds',
  'firstFrame',
  'referenceImage',
  'referenceImages',
] as const;
export type Placeholder = (typeof placeholders)[number];
