/** The placeholders of a catalogue; each is written with a leading `$`. */
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
