import { countOf } from '../../domain/count-of.ts';
import type { PlannedUnit } from '../../domain/edits/plan-revision.ts';
import type { Revised } from '../../domain/edits/revised.ts';
import { showUsd } from '../../domain/show-usd.ts';
import { toColumns } from './to-columns.ts';

/** A plan for people to approve: its purchases, its reused takes, and its highest price. */
export function describePlan(revised: Revised): string {
  const { revision, base, plan, spentUsd, reservedUsd, budgetUsd } = revised;
  const { units, highestUsd, durationSeconds, remade, digest } = plan;
  const bought = units.filter((unit) => unit.do === 'buy');
  const reused = units.filter((unit) => unit.do === 'reuse');
  const others = units.filter((unit) => unit.do !== 'buy' && unit.do !== 'reuse');
  const needed = spentUsd + reservedUsd + highestUsd;
  return [
    `Revision ${revision}, made of revision ${base}: ${durationSeconds} s.`,
    ...(bought.length === 0
      ? ['Nothing is bought.']
      : toColumns([
          ['BOUGHT', 'MODEL', 'AT MOST'],
          ...bought.map(toRow),
          ['total', '', showUsd(highestUsd)],
        ])),
    `Used again: ${countOf(reused.length, 'unit')}${describeStale(reused)}.`,
    ...others.map((unit) => `${unit.name}: ${meaning[unit.do]}`),
    `Made again by ourselves: ${remade.length === 0 ? 'nothing' : remade.join(', ')}.`,
    `Spent so far: ${showUsd(spentUsd)}.`,
    ...(budgetUsd !== undefined && needed > budgetUsd
      ? [
          `The budget is ${showUsd(budgetUsd)}: this may need ${showUsd(needed)}. Say --budget ${roundUp(needed)}.`,
        ]
      : []),
    `Digest: ${digest}`,
  ].join('\n');
}

/** Rounds up: a budget that is rounded down would not suffice. */
function roundUp(usd: number): string {
  return (Math.ceil(usd * 100 - 1e-6) / 100).toFixed(2);
}

const meaning: Readonly<Record<PlannedUnit['do'], string>> = {
  buy: 'is bought.',
  reuse: 'is used again.',
  finish: 'is ordered or paid for already, and awaited.',
  given: 'is a picture of your own.',
  ask: 'was paid for and lost; it is bought again only with beatreel retry --new-take.',
};

function toRow({ name, model = '', priceUsd }: PlannedUnit): string[] {
  return [name, model, showUsd(priceUsd)];
}

function describeStale(reused: readonly PlannedUnit[]): string {
  const stale = reused.filter(({ isStale }) => isStale === true).map(({ name }) => name);
  return stale.length === 0 ? '' : `, of which ${stale.join(', ')} no longer fit what is asked for`;
}
