import type { ListedPrediction, ModelHost } from './model-host.ts';

/** One reading of a list, for all callers who asked before it began. */
interface Reading {
  /** The earliest date asked for; it may move until the reading begins. */
  since: Date;
  readonly found: Promise<readonly ListedPrediction[]>;
}

/**
 * Shares readings of an account's list: after a worker has died, dozens of orders are looked for at once. One reading
 * runs at a time and serves the callers who asked before it began; for later callers it would prove nothing.
 */
export function shareList<Host extends ModelHost>(host: Host): Host {
  let running: Promise<unknown> | undefined;
  let next: Reading | undefined;

  const begin = (since: Date): Promise<readonly ListedPrediction[]> => {
    const found = collect(host.listRecent(since));
    const over = found.then(ignore, ignore).finally(() => {
      if (running === over) running = undefined;
    });
    running = over;
    return found;
  };
  const join = (since: Date): Promise<readonly ListedPrediction[]> => {
    if (!running) return begin(since);
    if (next) {
      if (since < next.since) next.since = since;
      return next.found;
    }
    const reading: Reading = {
      since,
      found: running.then(() => {
        next = undefined;
        return begin(reading.since);
      }),
    };
    next = reading;
    return reading.found;
  };
  return {
    ...host,
    async *listRecent(since: Date, signal?: AbortSignal) {
      signal?.throwIfAborted();
      yield* await unlessAborted(join(since), signal);
    },
  };
}

function ignore(): void {
  // The caller observes the rejection.
}

async function collect(list: AsyncIterable<ListedPrediction>): Promise<readonly ListedPrediction[]> {
  const found: ListedPrediction[] = [];
  for await (const prediction of list) found.push(prediction);
  return found;
}

/** Rejects for an aborted caller; the reading goes on for the others, and its pages are bounded. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => {
      reject(signal?.reason as Error);
    };
  });
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
