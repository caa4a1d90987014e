import type { FaultRuleInput } from '../../../workers/stand-in/faults/fault-rule.ts';
import type { SoakStack } from './soak-stack.ts';

/** Answers and messages of the host that get lost. */
export interface Troubles {
  /** Tells the host what to lose next; it forgets that when it is killed. */
  plant(): Promise<void>;
  /** Looks what was lost since the last planting. */
  count(): Promise<void>;
  /** Whether something is still to be lost. */
  isLeft(): boolean;
  report(): { readonly lostAnswers: number };
}

/** Most of them in one video, so that they spread over many. */
const atOnce = 2;

/** @param wanted how many answers to orders get lost over the whole soak */
export function plantTroubles({ standIn }: SoakStack, wanted: number): Troubles {
  let lost = 0;
  let counted = 0;
  const count = async () => {
    const struck = await countStruck(standIn);
    // A host that was killed has forgotten; what it lost before that is not counted.
    lost += Math.max(0, struck - counted);
    counted = struck;
  };
  return {
    count,
    plant: async () => {
      counted = 0;
      const left = Math.max(0, wanted - lost);
      const rules: FaultRuleInput[] =
        left === 0
          ? []
          : [{ match: { nth: 4 }, times: Math.min(atOnce, left), fault: { type: 'loseReply' } }];
      await standIn.setFaults(rules);
    },
    isLeft: () => lost < wanted,
    report: () => ({ lostAnswers: lost }),
  };
}

async function countStruck(standIn: SoakStack['standIn']): Promise<number> {
  const tallies = await standIn.faults();
  return tallies.reduce((sum, { struck }) => sum + struck, 0);
}
