import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';

/**
 * Runs `work` with a folder of its own beside `output`, on the same file system, so that a finished file can be
 * moved into place in one step. The folder and its contents are removed, whatever happens.
 */
export async function withScratchFolder<Result>(
  output: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(dirname(output), '.beatreel-'));
  try {
    return await work(folder);
  } finally {
    // A folder that cannot be removed must not lose the result, nor hide the error.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/**
 * Moves a finished file into place.
 *
 * @throws BeatreelFailure `MediaToolFailed` when ffmpeg exited with 0 and made nothing, which happens
 */
export async function moveIntoPlace(made: string, output: string): Promise<void> {
  const { size } = await stat(made).catch(() => ({ size: 0 }));
  if (size === 0) {
    throw new BeatreelFailure('MediaToolFailed', `Could not make ${basename(output)}: ffmpeg wrote nothing`);
  }
  await rename(made, output);
}
