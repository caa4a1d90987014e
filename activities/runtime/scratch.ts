import { mkdir, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

const prefix = 'beatreel-scratch-';

/** Left free for everybody else on the machine. */
const reserveBytes = 64 * 1024 * 1024;

/** Where scratch folders are made, and what one of them will hold. */
export interface ScratchPlace {
  /** Created when missing. */
  readonly root: string;
  /** The most that the work will write there. */
  readonly needsBytes: number;
}

/** Room for the inputs of a rendering, for what is made of them in between, and for its result. */
export function spaceFor(inputs: readonly { readonly sizeBytes: number }[]): number {
  return 4 * inputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/**
 * Runs `work` in a folder of its own that is removed whatever happens. Work that cannot fit is not begun.
 *
 * @throws BeatreelFailure `ProviderUnavailable`, which is tried again, when the disk has not so much, or gets full
 */
export async function withScratch<T>(
  { root, needsBytes }: ScratchPlace,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  await mkdir(root, { recursive: true });
  await requireSpace(root, needsBytes);
  const folder = await mkdtemp(join(root, `${prefix}${process.pid}-`));
  try {
    return await work(folder);
  } catch (error) {
    throw isDiskFull(error)
      ? diskFull('The disk for scratch files got full while they were written.', error)
      : error;
  } finally {
    // A folder that stays is no reason to lose the result, nor to hide why there is none.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function requireSpace(root: string, needsBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  const freeBytes = bavail * bsize;
  if (freeBytes >= needsBytes + reserveBytes) return;
  throw diskFull(
    `The disk for scratch files has ${freeBytes} bytes free; ${needsBytes + reserveBytes} are needed.`,
  );
}

function diskFull(finding: string, cause?: unknown): BeatreelFailure {
  const text = `${finding} Free some, or set BEATREEL_SCRATCH to a folder on a larger disk.`;
  return new BeatreelFailure(failureTypes.providerUnavailable, text, { cause });
}

/** Whether a full disk is the error, or what caused it; ffmpeg can only say so. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return true;
  return error.message.includes('No space left on device') || isDiskFull(error.cause);
}

/** Removes what workers of this machine left that were killed. Safe to run beside other workers. */
export async function sweepScratch(root: string): Promise<void> {
  const names = await readdir(root).catch(() => []);
  const orphaned = names.filter((name) => name.startsWith(prefix) && !isAlive(ownerOf(name)));
  await Promise.all(orphaned.map((name) => rm(join(root, name), { recursive: true, force: true })));
}

function ownerOf(name: string): number {
  return Number(name.slice(prefix.length).split('-')[0]);
}

function isAlive(processId: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // A process of another user is alive as well.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
