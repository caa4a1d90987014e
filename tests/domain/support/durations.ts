import fc from 'fast-check';

/** Every length a brief may ask for: 5–300 s in tenths. */
export const durations = fc.integer({ min: 50, max: 3000 }).map((tenths) => tenths / 10);

/** Footage that models deliver in one prediction, in seconds. */
export const clipLengths = fc.integer({ min: 10, max: 120 }).map((tenths) => tenths / 10);
