import type { CreateRequest, OrderKind } from '../../../activities/providers/model-host.ts';

/** One pixel. */
const frame =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Orders that MiniMax takes, one of each kind. */
export const minimaxOrders: Readonly<Record<OrderKind, CreateRequest>> = {
  clip: {
    kind: 'clip',
    model: 'MiniMax-Hailuo-02',
    input: {
      prompt: 'A lamp turns on',
      first_frame_image: frame,
      duration: 6,
      resolution: '768P',
      prompt_optimizer: false,
    },
    cancelAfterSeconds: 60,
  },
  still: {
    kind: 'still',
    model: 'image-01',
    input: { prompt: 'A lamp', seed: 7, aspect_ratio: '16:9', prompt_optimizer: false },
    cancelAfterSeconds: 60,
  },
  score: {
    kind: 'score',
    model: 'music-2.6',
    input: { prompt: 'A quiet piano', is_instrumental: true, audio_setting: { format: 'mp3' } },
    cancelAfterSeconds: 60,
  },
};
