import { connectActivities } from '../../../workflows/activities.ts';
import { generateVideo as generateSoundVideo } from '../../../workflows/generate-video.ts';

/** A video that asks for a price before anything else. */
export async function generateVideo(input: unknown): Promise<unknown> {
  await connectActivities().priceVideo({ videoId: 'none', input }, { summary: 'one step more' });
  return generateSoundVideo(input);
}
