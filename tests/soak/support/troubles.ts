import type { FaultRuleInput } from '../../../workers/dev/stand-in/faults/fault-rule.ts';
import type { SoakStack } from './soak-stack.ts';

/** Answers and messages of the host that get lost. */
export interface Troubles {
  /** Tells the host to lose answers and webhooks; a killed host forgets this. */
  plant(): Promise<void>;
  /** Counts losses since the last planting. */
  count(): Promise<void>;
  /** Whether losses are left to plant. */
  isLeft(): boolean;
  report(): { readonly lostAnswers: number; readonly lostWebhooks: number };
}

const kinds = ['loseReply', 'webhookLost'] as const;

/** The most losses in one video, so that they spread over many. */
const atOnce = 4;

/** @param wanted the number of answers to orders, and of webhooks, lost over the whole soak */
export function plantTroubles({ standIn }: SoakStack, wanted: number): Troubles {
  const lost = { loseReply: 0, webhookLost: 0 };
  let counted = { loseReply: 0, webhookLost: 0 };
  const count = async () => {
    const struck = await countStruck(standIn);
    // A killed host has forgotten its losses since the last count, so they are not counted.
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
