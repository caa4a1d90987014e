import { toModels } from '../domain/brief.ts';
import type { PlannedVideo } from './planned-video.ts';

/** Warns before any purchase of findings about pictures, and of limits of the chosen models. */
export function warnOfPlan({ video, brief }: PlannedVideo): void {
  for (const remark of brief.remarks ?? []) video.warn(remark);
  for (const { name, firstFrame } of toModels(brief.models.clip)) {
    if (firstFrame !== false) continue;
    video.warn(`${name} starts from no picture: its footage follows the words of each beat, not its still.`);
  }
}
