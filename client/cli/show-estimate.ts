import { writeFile } from 'node:fs/promises';

import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import type { EstimateOptions } from '../videos/request-estimate.ts';
import { adviseOnPlanner } from './advise-before-start.ts';
import { describeEstimate } from './describe-estimate.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { CommandSession } from './run-command.ts';
import { writeStoryboardPage } from './storyboard-page.ts';
import { UsageError } from './usage-error.ts';

/** The options for showing an estimate. */
export interface EstimateFlags {
  readonly videoId?: string;
  /** Target file for the storyboard as a page. */
  readonly html?: string;
}

/** Prints the storyboard and the price of a brief, and writes the page if one is wanted. */
export async function showEstimate(
  { connect, output }: CommandSession,
  brief: BriefInput,
  { videoId, html }: EstimateFlags,
): Promise<ExitCode> {
  // The person who runs the command may read the files it names.
  const named: EstimateOptions = { allowLocalFiles: true, videoId };
  const estimate = await (await connect()).estimate(brief, named);
  if (html !== undefined) {
    await writePage(html, writeStoryboardPage(estimate));
    output.note(`The storyboard as a page: ${html}`);
  }
  adviseOnPlanner(estimate, output);
  output.result(estimate, describeEstimate(estimate));
  return exitCodes.ok;
}

/** @throws UsageError naming the file */
async function writePage(path: string, page: string): Promise<void> {
  try {
    await writeFile(path, page);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--html ${path} cannot be written: ${reason}`);
  }
}
