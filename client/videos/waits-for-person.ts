import type { VideoProgress } from '../../domain/progress.ts';
import { waitsForPerson as isWaiting } from '../../domain/video-status.ts';

/** Whether only a person can continue the video: it is parked, or it waits for money and nothing else runs. */
export function waitsForPerson({ status, phases }: VideoProgress): boolean {
  if (!isWaiting(status)) return false;
  // A host that billed too much halts a video while other orders of it run.
  const units = phases.flatMap((phase) => phase.units);
  return status === 'parked' || !units.some((unit) => ['submitting', 'rendering'].includes(unit.status));
}
