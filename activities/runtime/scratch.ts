import { mkdir, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

const prefix = 'beatreel-scratch-';

/** Disk space left free for other programs of the machine. */
const reserveBytes = 64 * 1024 * 1024;

/** The folder for scratch folders, and the size of one of them. */
export interface ScratchPlace {
  /** Created when missing. */
  readonly root: string;
  /** The most that the work will write there. */
  readonly needsBytes: number;
}

/** Estimates the space for a rendering's inputs, intermediate files and result. */
export function spaceFor(inputs: readonly { readonly sizeBytes: number }[]): number {
  return 4 * inputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/**
 * Runs `work` in a folder of its own that is removed whatever happens. Work that cannot fit is not begun.
 *
 * @throws BeatreelFailure `ProviderUnavailable`, which is retried, when the disk lacks the space or fills up
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
    // A folder that cannot be removed must not lose the result, nor hide the error.
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

/** Whether a full disk is the error or its cause; ffmpeg reports it only in words. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return true;
  return error.message.includes('No space left on device') || isDiskFull(error.cause);
}

/** Removes scratch folders of killed workers of this machine. Safe to run beside other workers. */
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
