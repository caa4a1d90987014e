import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from '@temporalio/worker';

/** A Temporal server to watch, and its names for the log. */
export interface TemporalLook {
  /** Rejects when the server does not answer. */
  readonly ask: () => Promise<unknown>;
  readonly address: string;
  readonly namespace: string;
  readonly logger: Logger;
  /** The time between two looks, in milliseconds. Default: 10,000. */
  readonly everyMs?: number;
}

/** The result of the last look at Temporal. */
export interface TemporalWatch {
  /** The reason why it does not answer; undefined while it does. */
  readonly problem: string | undefined;
  close(): void;
}

/**
 * Checks now and then that Temporal answers, and logs once when it stops and once when it resumes. Workers retry by
 * themselves, so this only reports.
 */
export function watchTemporal(look: TemporalLook): TemporalWatch {
  const { ask, address, namespace, logger, everyMs = 10_000 } = look;
  const stop = new AbortController();
  let lost: { readonly problem: string; readonly sinceMs: number } | undefined;
  const note = (problem: string | undefined) => {
    if (problem !== undefined && !lost) {
      lost = { problem, sinceMs: performance.now() };
      logger.warn('Temporal does not answer', { address, namespace, reason: problem });
    } else if (problem === undefined && lost) {
      const seconds = Math.round((performance.now() - lost.sinceMs) / 1000);
      lost = undefined;
      logger.info('Temporal answers again', { address, namespace, seconds });
    }
  };
  const { signal } = stop;
  const watch = async () => {
    while (!signal.aborted) {
      const problem = await ask().then(() => undefined, toReason);
      if (!isStopped(signal)) note(problem);
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  void watch();
  return {
    get problem() {
      return lost?.problem;
    },
    close: () => {
      stop.abort();
    },
  };
}

/** Reads the signal anew after a wait, because the compiler assumes that it has not changed. */
function isStopped({ aborted }: AbortSignal): boolean {
  return aborted;
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
