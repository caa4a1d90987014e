/** The five phases, in order. */
export const phases = ['plan', 'storyboard', 'chunks', 'stitch', 'music'] as const;
export type Phase = (typeof phases)[number];
