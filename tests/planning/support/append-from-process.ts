import { appendTruncation } from '../../../activities/planning/truncation-log.ts';

/** A process that logs the same truncations as its siblings. Arguments: folder, number of videos. */
const [folder = '', count = '0'] = process.argv.slice(2);
for (let video = 0; video < Number(count); video += 1) {
  await appendTruncation(folder, { videoId: `video-${video}`, originalCount: 10, truncatedCount: 3 });
}
