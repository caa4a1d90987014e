import {
  BeatreelClient,
  type BriefInput,
  InvalidBrief,
  type VideoProgress,
  VideoParked,
  type VideoResult,
} from 'beatreel-client';

/** Another service's use of the client: it must compile unchanged, through the package's exports. */
export async function makeVideo(
  brief: BriefInput,
  report: (progress: VideoProgress) => void,
): Promise<VideoResult> {
  const client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: 'localhost:7233' }, namespace: 'default' },
  });
  try {
    const { videoId, alreadyStarted } = await client.start({ ...brief, requestId: 'order-1' });
    if (!alreadyStarted)
      for await (const progress of client.watch(videoId, { endWhenParked: true })) report(progress);
    const result = await client.wait(videoId, { timeoutMs: 600_000, signal: AbortSignal.timeout(600_000) });
    const { problems } = await client.verify(videoId);
    for (const { kind, beat } of problems)
      report({ ...(await client.status(videoId)), title: `${kind} ${beat ?? ''}` });
    await client.download(videoId, './out');
    return result;
  } catch (error) {
    if (error instanceof VideoParked) {
      const [unit] = error.units;
      if (unit) await client.retry(error.videoId, { unit: unit.name, newTake: true });
      return await client.wait(error.videoId);
    }
    if (error instanceof InvalidBrief) {
      const fields: string[] = error.problems.map(({ field, rule }) => `${field}: ${rule}`);
      throw new Error(fields.join('\n'), { cause: error });
    }
    throw error;
  } finally {
    await client.close();
  }
}

// @ts-expect-error A brief needs a length.
export const incomplete: BriefInput = { prompt: 'Rain' };
