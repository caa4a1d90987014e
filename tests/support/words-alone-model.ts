/** An entry of the catalogue that starts from words alone, although its model at the host takes pictures too. */
export const wordsAloneModel = {
  host: 'replicate',
  kind: 'clip',
  model: 'minimax/hailuo-02',
  delivers: 'video/mp4',
  clipSeconds: 6,
  accepts: { durations: [6], firstFrame: false },
  price: { perPredictionUsd: 0.2, readOn: '2026-11-24' },
  input: { prompt: '$prompt', duration: 6, resolution: '768p' },
} as const;
