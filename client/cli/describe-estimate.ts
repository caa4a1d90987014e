import type { Estimate } from '../../workflows/domain/estimate.ts';
import { printable, showUsd } from './printable.ts';
import { toColumns } from './to-columns.ts';
import { describeShortage } from './advise-before-start.ts';

/** An estimate as people read it: the storyboard, what it buys, and the most it costs. */
export function describeEstimate(estimate: Estimate): string {
  const { title, durationSeconds, beats, phases, highestUsd, truncation, plannedBy } = estimate;
  const shortage = describeShortage(estimate);
  return [
    `${printable(title)}: ${durationSeconds} s in ${beats.length} beats, planned by ${plannedBy}`,
    '',
    ...toColumns([
      ['BEAT', 'START', 'LENGTH', 'CHUNKS', 'TITLE'],
      ...beats.map(({ beat, startSeconds, keptSeconds, chunks, title: words }) => [
        String(beat),
        `${startSeconds} s`,
        `${keptSeconds} s`,
        String(chunks),
        printable(words),
      ]),
    ]),
    '',
    ...toColumns([
      ['PHASE', 'MODEL', 'UNITS', 'EACH', 'AT MOST'],
      ...phases.map(({ phase, model, units, unitUsd, costUsd }) => [
        phase,
        model,
        String(units),
        showUsd(unitUsd),
        showUsd(costUsd),
      ]),
      ['total', '', '', '', showUsd(highestUsd)],
    ]),
    '',
    ...(truncation
      ? [`${truncation.originalCount} beats were planned; ${truncation.truncatedCount} fit the duration.`]
      : []),
    ...(shortage === undefined ? [] : [shortage]),
    `Nothing was bought. What is bought again, such as another take of a still, costs extra.`,
    describeStart(estimate),
  ].join('\n');
}

function describeStart({ beatsMayDiffer, plannedBy, videoId }: Estimate): string {
  return beatsMayDiffer
    ? `${plannedBy} was not asked: it plans when the video is made, and its beats, and what they cost, may differ.`
    : `This very storyboard: beatreel start with the same options and --video-id ${videoId}`;
}
