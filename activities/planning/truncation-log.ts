import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Truncation } from '../../domain/storyboard.ts';

/** What is written down when a plan had more beats than fit. */
export interface TruncationEntry extends Truncation {
  readonly videoId: string;
}

const logName = 'beat_truncation.log';
/** Longer than any writer needs between claiming and writing, shorter than anybody minds. */
const claimPatienceMs = 2_000;
const lookAgainMs = 25;
/** Each is a writer that died; more than these and something else is wrong. */
const maxClaims = 5;

/**
 * Appends one line of JSON to `<folder>/beat_truncation.log`: timestamp (ISO 8601, UTC), videoId, originalCount,
 * truncatedCount. Creates the folder. Safe to run again, and by several processes at once: one line per video, unless
 * a process is stopped for two seconds between its last look at the log and its write.
 *
 * @returns whether the line is there; `false` when the folder cannot be written, which is no reason to fail a video
 */
export async function appendTruncation(folder: string, entry: TruncationEntry): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    return await writeOnce(folder, entry);
  } catch {
    // A log that cannot be written must not stop a video; the caller says so.
    return false;
  }
}

/**
 * A claim is a file that only one process can create. A claim whose owner died is not removed but outnumbered by the
 * next, so no two processes can ever take over the same one. The log is read again under the claim, because the line
 * may have been written just before.
 */
async function writeOnce(folder: string, entry: TruncationEntry): Promise<boolean> {
  const log = join(folder, logName);
  const claims = Array.from({ length: maxClaims }, (_, n) =>
    claimPath(folder, { videoId: entry.videoId, n }),
  );
  for (const [at, claim] of claims.entries()) {
    if (await hasLine(log, entry.videoId)) return true;
    if (!(await createClaim(claim))) {
      if (await lineAppears(log, entry.videoId)) return true;
      continue;
    }
    try {
      if (!(await hasLine(log, entry.videoId))) await appendLine(log, entry);
      return true;
    } finally {
      await Promise.all(claims.slice(0, at + 1).map((path) => rm(path, { force: true })));
    }
  }
  return false;
}

function claimPath(folder: string, { videoId, n }: { readonly videoId: string; readonly n: number }): string {
  return join(folder, `.beat_truncation.${encodeURIComponent(videoId)}.${n}`);
}

async function createClaim(path: string): Promise<boolean> {
  try {
    await writeFile(path, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function lineAppears(log: string, videoId: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < claimPatienceMs; waitedMs += lookAgainMs) {
    await pause(lookAgainMs);
    if (await hasLine(log, videoId)) return true;
  }
  return false;
}

async function hasLine(log: string, videoId: string): Promise<boolean> {
  const quoted = `"videoId":${JSON.stringify(videoId)},`;
  return (await readLog(log)).split('\n').some((line) => line.includes(quoted) && line.endsWith('}'));
}

async function appendLine(
  log: string,
  { videoId, originalCount, truncatedCount }: TruncationEntry,
): Promise<void> {
  const written = await readLog(log);
  // A full disk or a crash may have cut off the last line.
  const start = written === '' || written.endsWith('\n') ? '' : '\n';
  const line = JSON.stringify({
    timestamp: new Date().toISOString(),
    videoId,
    originalCount,
    truncatedCount,
  });
  // One write in append mode: lines of several processes never mix.
  await appendFile(log, `${start}${line}\n`);
}

async function readLog(log: string): Promise<string> {
  try {
    return await readFile(log, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
