import { failureTypes } from '../../workflows/domain/failure-types.ts';
import { BeatreelFailure } from '../runtime/failures.ts';

/** The memory all transfers of one worker share. First come, first served. */
export interface PartBufferPool {
  /** Size of one part, in bytes. */
  readonly partBytes: number;
  /** How many buffers there are at most. */
  readonly capacity: number;
  /** Waits for a buffer. Its bytes are whatever was in it before. */
  acquire(signal: AbortSignal): Promise<PartBuffer>;
  /** Waits for room that somebody else will allocate; asks for at most the whole pool. */
  reserve(parts: number, signal: AbortSignal): Promise<RoomReservation>;
}

/** A buffer on loan. */
export interface PartBuffer {
  readonly bytes: Buffer;
  /** `spoiled: true` when something may still read the bytes, e.g. an aborted request: they are not used again. */
  release(outcome?: { readonly spoiled: boolean }): void;
}

/** Room in the budget, without a buffer. */
export interface RoomReservation {
  /** Gives back what is above so many parts. */
  shrinkTo(parts: number): void;
  release(): void;
}

/** How much memory there is, and how it is cut. */
export interface PartBufferLimits {
  /** Default 64. */
  readonly memoryMiB?: number;
  /** 5 (the least S3 takes) to `memoryMiB`. Default 8. */
  readonly partMiB?: number;
}

interface Waiter {
  readonly parts: number;
  readonly grant: () => void;
}

/** Makes the pool. Buffers are made when first needed and reused. */
export function createPartBufferPool({ memoryMiB = 64, partMiB = 8 }: PartBufferLimits = {}): PartBufferPool {
  const capacity = Math.floor(memoryMiB / partMiB);
  if (partMiB < 5 || !Number.isInteger(partMiB) || capacity < 1) {
    const text = `Part buffers of ${partMiB} MiB in ${memoryMiB} MiB: a part has whole MiB, at least 5, and fits in.`;
    throw new BeatreelFailure(failureTypes.invalidRequest, text);
  }
  const partBytes = partMiB * 1024 * 1024;
  const idle: Buffer[] = [];
  const room = createRoom(capacity);

  return {
    partBytes,
    capacity,
    async acquire(signal) {
      const reservation = await room.take(1, signal);
      const bytes = idle.pop() ?? Buffer.allocUnsafeSlow(partBytes);
      let lent = true;
      return {
        bytes,
        release: (outcome) => {
          if (lent && outcome?.spoiled !== true) idle.push(bytes);
          lent = false;
          reservation.release();
        },
      };
    },
    async reserve(parts, signal) {
      const reservation = await room.take(Math.min(parts, capacity), signal);
      // What is reserved is allocated elsewhere, so as many idle buffers must go.
      idle.splice(0, parts);
      return reservation;
    },
  };
}

interface Room {
  take(parts: number, signal: AbortSignal): Promise<RoomReservation>;
}

function createRoom(capacity: number): Room {
  let free = capacity;
  const waiting: Waiter[] = [];
  const grantNext = () => {
    for (let next = waiting[0]; next !== undefined && next.parts <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.parts;
      next.grant();
    }
  };
  const reservationOf = (parts: number): RoomReservation => {
    let held = parts;
    const shrinkTo = (kept: number) => {
      free += Math.max(0, held - kept);
      held = Math.min(held, kept);
      grantNext();
    };
    return {
      shrinkTo,
      release: () => {
        shrinkTo(0);
      },
    };
  };
  return {
    take: (parts, signal) =>
      new Promise((resolve, reject) => {
        const abandon = () => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal.reason as Error);
          grantNext();
        };
        const waiter: Waiter = {
          parts,
          grant: () => {
            signal.removeEventListener('abort', abandon);
            resolve(reservationOf(parts));
          },
        };
        if (signal.aborted) {
          reject(signal.reason as Error);
          return;
        }
        signal.addEventListener('abort', abandon, { once: true });
        waiting.push(waiter);
        grantNext();
      }),
  };
}
