import { sendJson } from '../hostile-call.ts';
import type { Answer, HostileKind } from '../kind.ts';
import { firstTimes, refuseWith } from './answers.ts';

/** A prediction that runs until it is canceled. */
const neverEnds: Answer = (call) => {
  const right = call.right();
  sendJson(call, right['status'] === 'canceled' ? right : { ...right, status: 'processing', output: null });
};

function cancel(name: string, what: string, answer: Answer): HostileKind {
  const answers = { look: neverEnds, cancel: answer };
  return { name, what, unit: 'still', answers, expect: { end: 'canceled' } };
}

/** Kinds that answer cancels wrongly. */
export const cancelKinds: readonly HostileKind[] = [
  cancel(
    'cancel-hang',
    'does not answer the first cancel',
    firstTimes(1, () => undefined),
  ),
  cancel('cancel-500', 'answers the first three cancels with 500', firstTimes(3, refuseWith(500))),
  cancel('cancel-404', 'knows no cancel', refuseWith(404)),
  cancel('cancel-ignored', 'says yes to a cancel and goes on', (call) => {
    sendJson(call, {});
  }),
];
