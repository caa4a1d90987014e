import type { RetryDecision } from '../parking.ts';
import type { UnitTakes, VideoRun } from '../video-run.ts';
import { unitName } from '../domain/unit.ts';
import { startsFromPictures } from './purchase.ts';
import { holdsFile, newTakes } from './unit-takes.ts';

/**
 * Makes a failed unit ready to run again. With a new prompt, or where the person wants another take, the next
 * purchase is a new one; a chunk bought again takes the chunks after it with it, where they start from its end.
 */
export function reopenUnit(run: VideoRun, { phase, unit, prompt, newTake }: RetryDecision): void {
  run.board.reopenUnit(phase, unit.name);
  const bought = toBought(phase, unit.name, unit);
  run.unknown.delete(bought);
  const takes = run.takes.get(bought) ?? newTakes();
  // What may be live or is paid for stays the same purchase; everything else begins with the first model again.
  if (newTake || prompt !== undefined || !(takes.isOpen || holdsFile(takes))) beginWithFirstModel(takes);
  if (prompt === undefined && !newTake) return;
  run.takes.set(bought, {
    ...takes,
    ended: run.takes.has(bought),
    isOpen: false,
    ...(takes.isOpen ? { superseded: takes.take } : {}),
    ...(prompt === undefined ? {} : { prompt }),
  });
  forgetChain(run, bought, unit);
}

/** No two models share a take: its number tells the purchases of a unit apart. */
function beginWithFirstModel(takes: UnitTakes): void {
  if (takes.model === undefined) return;
  delete takes.model;
  if (!takes.isOpen) takes.ended = true;
}

/** A clip is of no use because its chunk is: that is what is bought again. */
function toBought(
  phase: RetryDecision['phase'],
  name: string,
  { beat, chunk }: RetryDecision['unit'],
): string {
  if (phase !== 'stitch' || beat === undefined || chunk === undefined) return name;
  return unitName({ phase: 'chunks', beat, chunk });
}

function forgetChain(run: VideoRun, bought: string, { beat, chunk }: RetryDecision['unit']): void {
  run.bought.delete(bought);
  if (run.board.phaseStatus('chunks') === 'succeeded' && chunk !== undefined) run.board.startPhase('chunks');
  if (beat === undefined || chunk === undefined) return;
  const isAfter = (other: number) => (startsFromPictures(run.brief) ? other >= chunk : other === chunk);
  for (const plan of run.timeline.filter((other) => other.beat === beat && isAfter(other.chunk))) {
    const chunkUnit = unitName({ phase: 'chunks', ...plan });
    const clip = chunkUnit.replace('chunk', 'clip');
    const takes = run.takes.get(chunkUnit);
    // What starts from other footage is another purchase, with a seed and a cost of its own; what is open of it is
    // ended before.
    if (takes && chunkUnit !== bought) {
      if (takes.isOpen) takes.superseded = takes.take;
      takes.ended = true;
      takes.isOpen = false;
    }
    run.bought.delete(chunkUnit);
    for (const memo of [`${chunkUnit}-last`, clip]) run.made.delete(memo);
    run.board.reopenUnit('chunks', chunkUnit);
    run.board.reopenUnit('stitch', clip);
  }
}
