import { until } from '../../support/until.ts';
import type { Fleet } from '../../support/start-fleet.ts';
import type { Video } from '../../support/video.ts';
import { unitsOf } from '../../support/video.ts';
import { briefOf } from '../../support/briefs.ts';
import type { Subject } from './write-webhook.ts';

/** A video whose first still has ended at the host, unnoticed. */
export interface UnheardStill extends Subject {
  readonly video: Video;
  /** Whether its activity still waits. */
  isWaited(): Promise<boolean>;
}

/** Starts a video and waits until its still was looked at once and then ended, without a webhook. */
export async function endUnheard(fleet: Fleet): Promise<UnheardStill> {
  const { control } = fleet.standIn;
  control.setFaults([{ match: { kind: 'still' }, times: 'always', fault: { type: 'webhookLost' } }]);
  control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  await until(async () => (await waitingAttempts(video)) > 1, { what: 'a first look at the still' });
  const predictionId = control.counters().predictions[0]?.id ?? '';
  control.release();
  await control.waitFor({ finished: 1 });
  const { ledgerKey = '' } = unitsOf(await video.progress(), 'storyboard')[0] ?? {};
  return { video, ledgerKey, predictionId, isWaited: async () => (await waitingAttempts(video)) > 0 };
}

/** Attempts of the activity that waits, the next one included; 0 when none waits. */
export async function waitingAttempts({ handle }: Video): Promise<number> {
  const { raw } = await handle.describe();
  const waiting = raw.pendingActivities?.find(({ activityType }) => activityType?.name === 'awaitPrediction');
  return waiting?.attempt ?? 0;
}
