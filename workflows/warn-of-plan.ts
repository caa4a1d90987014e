import { toModels } from '../domain/brief.ts';
import type { PlannedVideo } from './planned-video.ts';

/** Says before anything is bought what was found in pictures, and what the chosen models cannot do. */
export function warnOfPlan({ video, brief }: PlannedVideo): void {
  for (const remark of brief.remarks ?? []) video.warn(remark);
  for (const { name, firstFrame } of toModels(brief.models.clip)) {
    if (firstFrame !== false) continue;
    video.warn(`${name} starts from no picture: its footage follows the words of each beat, not its still.`);
  }
}
