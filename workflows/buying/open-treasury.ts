import { log } from '@temporalio/workflow';

import { Treasury } from '../domain/treasury.ts';
import type { ProgressBoard } from '../progress-board.ts';
import type { VideoRun } from '../video-run.ts';
import { toModels } from './purchase.ts';

/** The money of a video; the board shows when it is short of it. @param budgetUsd absent: no cap */
export function openTreasury(board: ProgressBoard, budgetUsd: number | undefined): Treasury {
  const treasury = new Treasury(budgetUsd, () => {
    const isWaiting = board.status === 'awaiting_budget';
    if (treasury.isShort !== isWaiting && (isWaiting || board.status === 'running')) {
      board.setStatus(isWaiting ? 'running' : 'awaiting_budget');
    }
  });
  board.budget = () => treasury.report();
  return treasury;
}

/** What the chosen models cannot do, and what is done instead. */
export function warnOfModels({ board, brief }: VideoRun): void {
  for (const { name, firstFrame } of toModels(brief.models.clip).models) {
    if (firstFrame !== false) continue;
    board.warn(`${name} starts from no picture: its footage follows the words of each beat, not its still.`);
  }
}

/** Whoever set a budget below what the plan may cost hears of it before anything is bought. */
export function warnOfBudget({ board, brief, storyboard }: VideoRun): void {
  const { budgetUsd } = brief.limits;
  const { estimateUsd } = storyboard;
  if (budgetUsd === undefined || estimateUsd <= budgetUsd) return;
  board.warn(
    `The plan may cost up to $${estimateUsd}, and the budget is $${budgetUsd}: the video may have to wait for money.`,
  );
  log.warn('Budget below the estimate', { budgetUsd, estimateUsd });
}
