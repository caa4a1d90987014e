import type { Logger } from '@temporalio/worker';

/** Logs refused webhooks without letting their sender fill the log. */
export type LogRefusal = (reason: string) => void;

/** The least time between two lines of one reason. */
const quietMs = 60_000;

export function createRefusalLog(log: Logger): LogRefusal {
  const reasons = new Map<string, { count: number; saidAtMs: number }>();
  return (reason) => {
    const nowMs = performance.now();
    const known = reasons.get(reason);
    if (known && nowMs - known.saidAtMs < quietMs) {
      known.count += 1;
      return;
    }
    log.warn('Webhook refused', { reason, ...(known?.count ? { alsoSinceLastLine: known.count } : {}) });
    reasons.set(reason, { count: 0, saidAtMs: nowMs });
  };
}
