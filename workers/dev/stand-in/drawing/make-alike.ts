import { shrink } from './picture-size.ts';
import type { Drawing } from '../stand-in-options.ts';
import type { RenderRequest } from './render-request.ts';

/**
 * Reduces a request to its kind, length and shape, so that one file serves every such request of a load test. A cheap
 * one is small, too.
 */
export function makeAlike(request: RenderRequest, drawing: Drawing): RenderRequest {
  if (request.kind === 'score') return { ...request, seed: 'cheap' };
  const same = { ...shrink(request, drawing === 'cheap' ? 4 : 1), words: 'all alike', seed: 'cheap' };
  if (request.kind === 'still') {
    return { kind: 'still', ...same, caption: '', format: request.format, quality: request.quality };
  }
  const { frames, framesPerSecond, timescale, sound } = request;
  return { kind: 'clip', ...same, frames, framesPerSecond, timescale, sound };
}
