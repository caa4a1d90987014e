/** Hands parts that arrive in any order to a consumer that needs them in order. */
export interface PartSequence {
  /** Settles when the part was consumed, or when the consumer failed on it or on one before it. */
  offer(partNumber: number, bytes: Uint8Array): Promise<void>;
  /** Ends every wait: a part that never comes would block those behind it. */
  fail(error: unknown): void;
}

interface OfferedPart {
  readonly bytes: Uint8Array;
  readonly consumed: () => void;
  readonly failed: (error: Error) => void;
}

/** Begins with part 1. */
export function createPartSequence(consume: (bytes: Uint8Array) => void): PartSequence {
  const offered = new Map<number, OfferedPart>();
  let nextNumber = 1;
  let failure: Error | undefined;

  const fail = (error: unknown) => {
    failure ??= error instanceof Error ? error : new Error(String(error));
    for (const part of offered.values()) part.failed(failure);
    offered.clear();
  };
  const consumeReady = () => {
    for (let part = offered.get(nextNumber); part !== undefined; part = offered.get(nextNumber)) {
      try {
        consume(part.bytes);
      } catch (error) {
        fail(error);
        return;
      }
      offered.delete(nextNumber);
      nextNumber += 1;
      part.consumed();
    }
  };
  return {
    offer: (partNumber, bytes) =>
      new Promise((consumed, failed) => {
        if (failure !== undefined) {
          failed(failure);
          return;
        }
        offered.set(partNumber, { bytes, consumed, failed });
        consumeReady();
      }),
    fail,
  };
}
