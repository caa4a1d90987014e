import { log } from '@temporalio/workflow';

import { toModels } from '../domain/brief.ts';
import type { PlannedVideo } from './planned-video.ts';

/** Says before anything is bought what the budget may not reach, and what the chosen models cannot do. */
export function warnOfPlan({ video, brief, storyboard }: PlannedVideo): void {
  const { budgetUsd } = brief.limits;
  const { estimateUsd } = storyboard;
  if (budgetUsd !== undefined && estimateUsd > budgetUsd) {
    video.warn(
      `The plan may cost up to $${estimateUsd}, and the budget is $${budgetUsd}: the video may have to wait for money.`,
    );
    log.warn('Budget below the estimate', { budgetUsd, estimateUsd });
  }
  for (const { name, firstFrame } of toModels(brief.models.clip)) {
    if (firstFrame !== false) continue;
    video.warn(`${name} starts from no picture: its footage follows the words of each beat, not its still.`);
  }
}
