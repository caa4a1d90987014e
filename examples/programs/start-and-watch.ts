/**
 * Starts a video, shows how it goes, and prints where it can be read for an hour.
 *
 *   node start-and-watch.js "A brass lamp that remembers the light of the day"
 *
 * Temporal and the bucket are found by the environment: TEMPORAL_ADDRESS, S3_BUCKET, AWS_*.
 */
import { BeatreelClient, VideoAwaitsBudget, VideoParked } from 'beatreel-client';

const [prompt = 'A brass lamp'] = process.argv.slice(2);
const client = await BeatreelClient.connect();
try {
  // The same request id gives the same video, however often this runs.
  const requestId = `example-${prompt
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)}`;
  const music = { enabled: false };
  const { videoId } = await client.start({
    prompt,
    durationSeconds: 5,
    aspectRatio: '1:1',
    music,
    requestId,
  });
  for await (const { phase, status, costUsd } of client.watch(videoId, { endWhenParked: true }))
    console.error(`${videoId}: ${status}, ${phase}, $${costUsd}`);
  const { costUsd } = await client.wait(videoId);
  const { url } = await client.videoUrl(videoId);
  console.log(JSON.stringify({ videoId, costUsd, url }));
} catch (error) {
  if (!(error instanceof VideoParked || error instanceof VideoAwaitsBudget)) throw error;
  // It keeps everything and waits for a person, without a time limit.
  console.error(error.message);
  process.exitCode = 3;
} finally {
  await client.close();
}
