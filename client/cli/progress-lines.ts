import type { PhaseOutput, UnitReport, VideoProgress } from '../../domain/progress.ts';
import { printable } from '../terminal/printable.ts';
import { describeFailure, describeVideo } from './progress-bars.ts';

/**
 * Describes the changes between two looks: a line for every phase and every unit.
 *
 * @param before absent at the first look; then only started phases and units are described
 */
export function describeChanges(before: VideoProgress | undefined, after: VideoProgress): string[] {
  const lines = after.phases.flatMap((output, index) => phaseChanges(before?.phases[index], output));
  return before?.status !== after.status ? [...lines, describeVideo(after)] : lines;
}

function phaseChanges(before: PhaseOutput | undefined, after: PhaseOutput): string[] {
  const known = new Map(before?.units.map((unit) => [unit.name, unit]));
  const units = after.units.filter((unit) => hasChanged(known.get(unit.name), unit)).map(describeUnit);
  if ((before?.status ?? 'pending') === after.status) return units;
  const phase = `phase ${after.phase} ${after.status}`;
  // A phase begins before its units and ends after them.
  return after.status === 'running' ? [phase, ...units] : [...units, phase];
}

function hasChanged(before: UnitReport | undefined, after: UnitReport): boolean {
  return (before?.status ?? 'waiting') !== after.status || (before?.attempts ?? 0) < after.attempts;
}

function describeUnit(unit: UnitReport): string {
  if (unit.status === 'failed') return describeFailure(unit);
  const take = unit.attempts > 1 ? `, take ${unit.attempts}` : '';
  return printable(`${unit.name} ${unit.status}${take}`);
}
