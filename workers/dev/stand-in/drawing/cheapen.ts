import { shrink } from './picture-size.ts';
import type { RenderRequest } from './render-request.ts';

/**
 * The same kind, length and shape, small and without anything of one's own, so that one file serves every such
 * request of a load test.
 */
export function cheapen(request: RenderRequest): RenderRequest {
  if (request.kind === 'score') return { ...request, seed: 'cheap' };
  const same = { ...shrink(request, 4), words: 'cheap drawing', seed: 'cheap' };
  if (request.kind === 'still') {
    return { kind: 'still', ...same, caption: '', format: request.format, quality: request.quality };
  }
  const { frames, framesPerSecond, timescale, sound } = request;
  return { kind: 'clip', ...same, frames, framesPerSecond, timescale, sound };
}
