import { explainProgress } from './explain-progress.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import type { PhaseOutput, UnitReport, VideoProgress } from './progress.ts';
import { showAmount } from './show-usd.ts';

/**
 * The live details of a video in the Web UI, in Markdown: progress, cost and failures. Sums have no dollar sign,
 * because the Web UI renders the text between two dollar signs as a formula.
 */
export function describeProgress(progress: VideoProgress): string {
  const rows = progress.phases.map((output, index) => phaseRow(index + 1, output));
  const estimate =
    progress.estimateUsd === undefined ? '' : ` of at most ${showAmount(progress.estimateUsd)} USD`;
  const lines = [
    `**${escapeMarkdown(progress.title)}** is ${progress.status}; spent ${showAmount(progress.costUsd)} USD${estimate}.`,
    '',
    '| # | Phase | Status | Units done | Cost |',
    '|---|---|---|---|---|',
    ...rows,
  ];
  const failed = progress.phases.flatMap(({ units }) => units.filter(({ status }) => status === 'failed'));
  for (const warning of progress.warnings ?? []) lines.push('', escapeMarkdown(warning));
  const { reason, nextStep } = explainProgress(progress);
  for (const sentence of [reason, nextStep])
    if (sentence !== undefined) lines.push('', escapeMarkdown(sentence));
  if (failed.length > 0) lines.push('', 'Failed units:', '', ...failed.map(failureLine));
  return lines.join('\n');
}

function phaseRow(number: number, { phase, status, units, costUsd }: PhaseOutput): string {
  const done = units.filter((unit) => unit.status === 'succeeded').length;
  return `| ${number} | ${phase} | ${status} | ${done}/${units.length} | ${showAmount(costUsd)} USD |`;
}

function failureLine({ name, failure }: UnitReport): string {
  return `- \`${name}\`: ${failure?.type ?? 'failed'}, ${escapeMarkdown(failure?.reason ?? 'no reason given')}`;
}
