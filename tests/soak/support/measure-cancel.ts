import { setTimeout as pause } from 'node:timers/promises';

import type { SoakStack } from './soak-stack.ts';
import { predictionsOf, startSoakVideo, waitForEnd } from './soak-video.ts';

/** The effect of one cancellation at the host. */
export interface CancelFigures {
  /** Predictions live at the request, or ordered after it. */
  readonly predictions: number;
  /** Time from the request until none of them was live, in milliseconds. */
  readonly ms: number;
  /** Orders that reached the host later than any order already on its way at the request. */
  readonly createsAfter: number;
}

/** The longest way of an order from its first step to the host. */
const onItsWayMs = 1_000;

/** Starts a video, cancels it at a random instant, and watches the host. */
export async function measureCancel(
  stack: SoakStack,
  videoId: string,
  random: () => number,
): Promise<CancelFigures> {
  const startedAtMs = Date.now();
  const handle = await startSoakVideo(stack, videoId);
  await pause(1_000 + random() * 8_000);
  const before = await predictionsOf(stack, videoId, startedAtMs);
  const askedAtMs = Date.now();
  await handle.cancel();
  for (;;) {
    const live = (await predictionsOf(stack, videoId, startedAtMs)).filter(isLive);
    if (live.length === 0) break;
    if (Date.now() - askedAtMs > 60_000)
      throw new Error(`${videoId}: ${live.length} predictions outlived its cancellation.`);
    await pause(25);
  }
  const endedAtMs = Date.now();
  await waitForEnd(handle, 60_000);
  const after = await predictionsOf(stack, videoId, startedAtMs);
  const alive = before.filter(isLive).length;
  return {
    predictions: alive + after.length - before.length,
    ms: endedAtMs - askedAtMs,
    createsAfter: after.filter(({ createdAtMs }) => createdAtMs > askedAtMs + onItsWayMs).length,
  };
}

function isLive({ status }: { readonly status: string }): boolean {
  return status === 'starting' || status === 'processing';
}
