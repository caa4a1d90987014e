import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';

/** The memory that all transfers of one worker share, counted in parts. First come, first served. */
export interface TransferMemory {
  /** Size of one part, in bytes. */
  readonly partBytes: number;
  /** The most parts in memory at once. */
  readonly capacity: number;
  /** Waits for room for this many parts; a request above the capacity gets all of it. */
  reserve(parts: number, signal: AbortSignal): Promise<RoomReservation>;
}

/** A reservation of room. It allocates nothing: its holder promises not to hold more bytes. */
export interface RoomReservation {
  /** Gives back all room above this many parts. */
  shrinkTo(parts: number): void;
  /** Safe to call again. */
  release(): void;
}

/** The size of the memory and of its parts. */
export interface TransferMemoryLimits {
  /** Default 64. */
  readonly memoryMiB?: number;
  /** 5 (the minimum of S3) to `memoryMiB`. Default 16. */
  readonly partMiB?: number;
}

/** Creates the budget. @throws BeatreelFailure `InvalidRequest` for a part that S3 would refuse or that does not fit */
export function createTransferMemory({
  memoryMiB = 64,
  partMiB = 16,
}: TransferMemoryLimits = {}): TransferMemory {
  const capacity = Math.floor(memoryMiB / partMiB);
  if (partMiB < 5 || !Number.isInteger(partMiB) || capacity < 1) {
    const text = `Parts of ${partMiB} MiB in ${memoryMiB} MiB: a part has whole MiB, at least 5, and fits in.`;
    throw new BeatreelFailure(failureTypes.invalidRequest, text);
  }
  const take = createRoom(capacity);
  return {
    partBytes: partMiB * 1024 * 1024,
    capacity,
    reserve: (parts, signal) => take(Math.min(parts, capacity), signal),
  };
}

interface Waiter {
  readonly parts: number;
  readonly grant: () => void;
}

function createRoom(capacity: number): TransferMemory['reserve'] {
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
  return (parts, signal) =>
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
    });
}
