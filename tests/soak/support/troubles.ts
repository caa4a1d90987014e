import type { FaultRuleInput } from '../../../workers/dev/stand-in/faults/fault-rule.ts';
import type { SoakStack } from './soak-stack.ts';

/** Answers and messages of the host that get lost. */
export interface Troubles {
  /** Tells the host what to lose next; it forgets that when it is killed. */
  plant(): Promise<void>;
  /** Looks what was lost since the last planting. */
  count(): Promise<void>;
  /** Whether something is still to be lost. */
  isLeft(): boolean;
  report(): { readonly lostAnswers: number; readonly lostWebhooks: number };
}

const kinds = ['loseReply', 'webhookLost'] as const;

/** Most of them in one video, so that they spread over many. */
const atOnce = 4;

/** @param wanted how many answers to orders, and how many webhooks, get lost over the whole soak */
export function plantTroubles({ standIn }: SoakStack, wanted: number): Troubles {
  const lost = { loseReply: 0, webhookLost: 0 };
  let counted = { loseReply: 0, webhookLost: 0 };
  const count = async () => {
    const struck = await countStruck(standIn);
    // A host that was killed has forgotten; what it lost since the last look is not counted.
    for (const type of kinds) lost[type] += Math.max(0, struck[type] - counted[type]);
    counted = struck;
  };
  return {
    count,
    plant: async () => {
      counted = { loseReply: 0, webhookLost: 0 };
      const rules: FaultRuleInput[] = kinds.flatMap((type) => {
        const times = Math.min(atOnce, wanted - lost[type]);
        return times > 0 ? [{ match: { nth: 4 }, times, fault: { type } }] : [];
      });
      await standIn.setFaults(rules);
    },
    isLeft: () => kinds.some((type) => lost[type] < wanted),
    report: () => ({ lostAnswers: lost.loseReply, lostWebhooks: lost.webhookLost }),
  };
}

async function countStruck(standIn: SoakStack['standIn']) {
  const tallies = await standIn.faults();
  const of = (type: string) =>
    tallies.reduce((sum, { rule, struck }) => (rule.fault.type === type ? sum + struck : sum), 0);
  return { loseReply: of('loseReply'), webhookLost: of('webhookLost') };
}
