import type { PhaseOutput, UnitReport, VideoProgress } from '../../domain/progress.ts';
import { isOpen } from '../../domain/video-status.ts';
import { cut, printable } from '../terminal/printable.ts';
import { showUsd } from '../../domain/show-usd.ts';

const barWidth = 20;
/** The most failures shown: more would push the bars off a small terminal. */
const maxFailures = 8;

/**
 * The whole progress as lines: the video, a bar per phase, and the failures.
 *
 * @param width no line is longer, in characters
 */
export function renderProgress(progress: VideoProgress, width: number): string[] {
  const failed = progress.phases.flatMap(({ units }) => units.filter(({ status }) => status === 'failed'));
  const lines = [
    describeVideo(progress),
    ...progress.phases.map((output, index) => phaseLine(index + 1, output)),
    ...(progress.warnings ?? []).map((warning) => `  ${printable(warning)}`),
    ...describeWaiting(progress),
    ...failed.slice(0, maxFailures).map((unit) => `  ${describeFailure(unit)}`),
    ...(failed.length > maxFailures ? [`  and ${failed.length - maxFailures} more failed units`] : []),
  ];
  return lines.map((line) => cut(line, width));
}

/** E.g. `Ceramic mug: running, phase chunks, spent $0.250 of at most $1.200`. */
export function describeVideo({ title, status, phase, costUsd, estimateUsd, budget }: VideoProgress): string {
  const at = isOpen(status) ? `, phase ${phase}` : '';
  const most = estimateUsd === undefined ? '' : ` of at most ${showUsd(estimateUsd)}`;
  const cap = budget?.capUsd === undefined ? '' : `, budget ${showUsd(budget.capUsd)}`;
  return `${printable(title)}: ${status}${at}, spent ${showUsd(costUsd)}${most}${cap}`;
}

/** E.g. `still-b2 failed: ContentRejected, the host refused it`. */
export function describeFailure({ name, failure }: UnitReport): string {
  return printable(failure ? `${name} failed: ${failure.type}, ${failure.reason}` : `${name} failed`);
}

/** E.g. `  still-b7-t0 and 3 more wait for money`. */
function describeWaiting({ budget }: VideoProgress): string[] {
  const [first, ...others] = budget?.waiting ?? [];
  if (first === undefined) return [];
  return [
    `  ${others.length === 0 ? `${first} waits` : `${first} and ${others.length} more wait`} for money`,
  ];
}

function phaseLine(number: number, { phase, status, units }: PhaseOutput): string {
  const done = units.filter((unit) => unit.status === 'succeeded' || unit.status === 'skipped').length;
  const active = units.filter(isActive).length;
  const share = units.length === 0 ? 0 : done / units.length;
  const full = Math.floor(share * barWidth);
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
  const count = units.length === 0 ? '' : `${done}/${units.length}`;
  const now = active === 0 ? status : `${status}, ${active} in work`;
  return `${number} ${phase.padEnd(10)} ${bar} ${count.padStart(7)}  ${now}`;
}

function isActive({ status }: UnitReport): boolean {
  return status === 'submitting' || status === 'rendering' || status === 'storing';
}
