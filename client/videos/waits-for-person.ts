import type { VideoProgress } from '../../workflows/domain/progress.ts';

/** Whether nothing goes on without a person: the video is parked, or waits for money and nothing else runs. */
export function waitsForPerson(progress: VideoProgress): boolean {
  return progress.status === 'parked' || isWaitingForMoneyAlone(progress);
}

/** Whether a purchase waits for money and nothing runs that could give some back. */
export function isWaitingForMoneyAlone({ status, phases }: VideoProgress): boolean {
  const units = phases.flatMap((phase) => phase.units);
  const live = units.filter((unit) => unit.status === 'submitting' || unit.status === 'rendering');
  return status === 'awaiting_budget' && live.length === 0;
}
