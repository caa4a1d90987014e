import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { BeatreelClient } from '../../../client/index.ts';
import { createProgressView } from '../../../client/terminal/progress-view.ts';
import type { BriefInput } from '../../../domain/schemas/brief-schema.ts';
import type { VideoResult } from '../../../domain/progress.ts';
import { packageRoot } from '../../setup/package-root.ts';
import { describeVideo, toDemoReport } from './demo-report.ts';
import { printableJson, printableLines } from '../../../client/terminal/printable.ts';

export interface MakeVideoOptions {
  /** One line of JSON at the end instead of words. */
  readonly json: boolean;
  /** Ends the waiting; the video is cancelled. */
  readonly signal: AbortSignal;
}

/** Starts a video, shows it being made, and fetches it. */
export async function makeVideo(brief: BriefInput, { json, signal }: MakeVideoOptions): Promise<void> {
  const client = await BeatreelClient.connect();
  try {
    const { videoId, betterPlan } = await client.estimate(brief, { allowLocalFiles: true });
    if (betterPlan !== undefined && !json) process.stderr.write(`${betterPlan}\n`);
    signal.throwIfAborted();
    await client.start(brief, { videoId, allowLocalFiles: true });
    const result = await follow(client, videoId, signal);
    const folder = join(packageRoot(), 'out');
    await mkdir(folder, { recursive: true });
    const { path } = await client.download(videoId, join(folder, `${videoId}.mp4`), {
      signal,
      overwrite: true,
    });
    const report = toDemoReport(result, path, process.env['TEMPORAL_UI_URL']);
    process.stdout.write(json ? `${printableJson(report)}\n` : printableLines(describeVideo(report)));
  } catch (error) {
    // A stop by the user does not fail the demo.
    if (!signal.aborted) throw error;
  } finally {
    await client.close();
  }
}

/** @throws the signal's reason when the user stops; the video is cancelled, because its servers are about to end */
async function follow(client: BeatreelClient, videoId: string, signal: AbortSignal): Promise<VideoResult> {
  const view = createProgressView(process.stderr);
  try {
    for await (const progress of client.watch(videoId, { signal, endWhenParked: true })) view.show(progress);
    return await client.wait(videoId, { signal });
  } catch (error) {
    if (signal.aborted) {
      await client.cancel(videoId);
      await client.wait(videoId, { timeoutMs: 5_000 }).catch(() => undefined);
    }
    throw error;
  } finally {
    view.end();
  }
}
