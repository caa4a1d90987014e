/**
 * Lets a person look at the stills of a video before its footage is bought.
 *
 *   node approve-stills.js start "A brass lamp"     prints the id, and addresses of the stills once they wait
 *   node approve-stills.js yes VIDEO DIGEST Ada     lets the video go on, and prints where it can be read
 *   node approve-stills.js no VIDEO DIGEST Ada      ends the video
 */
import { BeatreelClient, VideoAwaitsApproval } from 'beatreel-client';

const [command, argument = '', digest = '', by = 'nobody'] = process.argv.slice(2);
const client = await BeatreelClient.connect();
try {
  if (command === 'start') await start(argument);
  else if (command === 'yes') await approve(argument);
  else if (command === 'no') await client.reject(argument, { gate: 'stills', digest, by });
  else throw new Error('Say start, yes or no.');
} finally {
  await client.close();
}

async function start(prompt: string): Promise<void> {
  const music = { enabled: false };
  const brief = { prompt, durationSeconds: 5, aspectRatio: '1:1', music } as const;
  const { videoId } = await client.start({ ...brief, approve: ['stills'] });
  // Rather than hang, waiting says that a person is needed.
  const reason: unknown = await client.wait(videoId).catch((error: unknown) => error);
  if (!(reason instanceof VideoAwaitsApproval)) throw reason;
  const { files = [], ...gate } = (await client.gate(videoId)) ?? {};
  console.log(JSON.stringify({ ...gate, urls: files.map(({ url }) => url) }));
}

async function approve(videoId: string): Promise<void> {
  await client.approve(videoId, { gate: 'stills', digest, by });
  await client.wait(videoId);
  console.log(JSON.stringify(await client.videoUrl(videoId)));
}
