import type { Brief } from '../../../domain/brief.ts';

/** A complete brief about a mug, 15 s, with the given fields in place of its own. */
export function createBrief(changes: Partial<Brief> = {}): Brief {
  return {
    videoId: 'mug-video',
    title: 'Mug',
    prompt:
      'A handmade ceramic coffee mug on a wooden counter in Kyoto, calm and cosy. ' +
      'Its glaze changes from blue to amber, it keeps coffee hot for an hour.',
    durationSeconds: 15,
    aspectRatio: '16:9',
    models: {
      planner: 'built-in',
      still: { name: 'flux-schnell', host: 'replicate', highestPriceUsd: 0.003 },
      clip: { name: 'hailuo-02', host: 'replicate', highestPriceUsd: 0.45, clipSeconds: 6 },
      score: { name: 'stable-audio-2.5', host: 'replicate', highestPriceUsd: 0.2 },
    },
    music: { enabled: true },
    limits: { concurrentStills: 5, concurrentChunks: 3 },
    onFailure: 'park',
    onRefusal: 'park',
    tenant: 'default',
    seed: 7,
    ...changes,
  };
}
