import { ApplicationFailure, condition } from '@temporalio/workflow';

import { describeRejection, digestOf, type Gate, rejectedType, shownAt } from '../../domain/gates.ts';
import { roundUsd } from '../../domain/round-usd.ts';
import type { PlannedVideo } from '../planned-video.ts';
import { BoughtUnit } from '../units/bought-unit.ts';

/**
 * Where the brief has this gate, waits without a time limit until a person has approved its content. Content that was
 * approved in an earlier run or revision passes at once.
 *
 * @throws ApplicationFailure Rejected when a person rejects it
 */
export async function passGate(plan: PlannedVideo, gate: Gate): Promise<void> {
  const { video, brief, storyboard, revision } = plan;
  if (brief.approve?.includes(gate) !== true) return;
  const bought = plan.units.filter((unit) => unit instanceof BoughtUnit);
  const purchases = Object.fromEntries(
    bought.flatMap(({ name, place, bought: file }) =>
      file && shownAt[gate].includes(place.medium) ? [[name, file.predictionKey]] : [],
    ),
  );
  const digest = digestOf(gate, { brief, storyboard, purchases });
  const { gates } = video;
  // A gate is passed once within a revision, even where a later run of it has bought more by then.
  if (gates.approvalOf(gate, digest) ?? gates.approvalIn(gate, revision)) return;
  const missing = bought.filter(({ bought: file, isSkipped }) => !file && !isSkipped);
  const priceUsd = roundUsd(missing.reduce((sum, { name }) => sum + plan.priceOf(name), 0));
  gates.waitAt({ gate, digest, revision, priceUsd });
  video.setStatus('awaiting_approval');
  try {
    await condition(() => gates.rejection !== undefined || gates.approvalOf(gate, digest) !== undefined);
  } finally {
    gates.leave();
  }
  const { rejection } = gates;
  if (rejection) throw ApplicationFailure.nonRetryable(describeRejection(rejection), rejectedType);
  video.setStatus('running');
}
