/** Passes bytes that arrive in several parts at once to a consumer that needs them in file order. */
export interface PartSequence {
  /**
   * Takes bytes of a part as they arrive. Consumes bytes of the first unfinished part immediately, and holds the others
   * until their turn: at most the bytes of the parts in flight. Ignores bytes taken a second time after a part was
   * restarted.
   *
   * @param offset of the bytes within the part, 0-based
   * @throws errors of the consumer
   */
  take(bytes: PartBytes): void;
  /** Settles when the whole part was consumed, or when the consumer failed on it or on an earlier one. */
  consumed(partNumber: number): Promise<void>;
  /** Ends every wait: a part that never arrives would block the later ones. */
  fail(error: unknown): void;
}

/** A piece of a part. Numbers start at 1. */
export interface PartBytes {
  readonly partNumber: number;
  readonly offset: number;
  readonly chunk: Buffer;
}

interface ArrivingPart {
  readonly held: Buffer[];
  arrivedBytes: number;
  readonly whole: Promise<void>;
  readonly finish: () => void;
  readonly fail: (error: Error) => void;
}

/** @param partSizes in bytes, from part 1 on */
export function createPartSequence(
  partSizes: readonly number[],
  consume: (chunk: Buffer) => void,
): PartSequence {
  const parts = partSizes.map(createArrivingPart);
  let current = 0;
  let failure: Error | undefined;

  const fail = (error: unknown) => {
    failure ??= error instanceof Error ? error : new Error(String(error));
    for (const part of parts) {
      part.held.length = 0;
      part.fail(failure);
    }
  };
  const finishWhole = () => {
    for (let part = parts[current]; part !== undefined; part = parts[current]) {
      for (const chunk of part.held.splice(0)) consume(chunk);
      if (part.arrivedBytes < (partSizes[current] ?? 0)) return;
      part.finish();
      current += 1;
    }
  };
  return {
    take({ partNumber, offset, chunk }) {
      if (failure !== undefined) throw failure;
      const part = parts[partNumber - 1];
      if (part === undefined) throw new RangeError(`There is no part ${partNumber} of ${parts.length}.`);
      if (offset > part.arrivedBytes)
        throw new RangeError(
          `Part ${partNumber} goes on at byte ${offset}, and ${part.arrivedBytes} have come.`,
        );
      const fresh = chunk.subarray(Math.max(0, part.arrivedBytes - offset));
      part.arrivedBytes += fresh.byteLength;
      if (fresh.byteLength > 0) part.held.push(fresh);
      try {
        if (partNumber - 1 === current) finishWhole();
      } catch (error) {
        fail(error);
        throw error;
      }
    },
    consumed: (partNumber) => parts[partNumber - 1]?.whole ?? Promise.resolve(),
    fail,
  };
}

function createArrivingPart(): ArrivingPart {
  const { promise, resolve, reject } = withResolvers();
  // A part without waiters may fail with the others.
  promise.catch(() => undefined);
  return { held: [], arrivedBytes: 0, whole: promise, finish: resolve, fail: reject };
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers() {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((settle, refuse) => {
    resolve = settle;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
