import type { FaultRuleInput } from '../../../workers/dev/stand-in/faults/fault-rule.ts';
import type { StoreCall } from '../../support/start-refusing-road.ts';

type Fault = FaultRuleInput['fault'];

const notFound: Fault = {
  type: 'wrongAnswer',
  status: 404,
  contentType: 'application/json',
  body: '{"detail":"No such prediction."}',
  when: 'before',
};

/** One wrong answer of a host, with its row of the belief table. */
interface WrongAnswer {
  readonly row: string;
  readonly operation?: 'create' | 'get' | 'list';
  readonly fault: (random: () => number) => Fault;
  /** The most in a row. */
  readonly atMost: number;
}

const answers: readonly WrongAnswer[] = [
  { row: 'unknownPrediction', operation: 'get', fault: () => notFound, atMost: 4 },
  {
    row: 'notFetched',
    fault: (random) => ({ type: 'outputError', status: pick(statuses, random) }),
    atMost: 5,
  },
  { row: 'notFetched', fault: () => ({ type: 'htmlOutput' }), atMost: 5 },
  { row: 'notFetched', fault: () => ({ type: 'dropOutput', afterBytes: 300 }), atMost: 3 },
  { row: 'outputRemoved', operation: 'get', fault: () => ({ type: 'sayRemoved' }), atMost: 2 },
  { row: 'notListed', fault: (random) => ({ type: 'listLag', seconds: random() * 2 }), atMost: 3 },
  { row: 'notListed', operation: 'create', fault: () => ({ type: 'loseReply' }), atMost: 2 },
  { row: 'a look that is refused', operation: 'get', fault: () => ({ type: 'unauthorized' }), atMost: 3 },
  { row: 'a look that fails', operation: 'get', fault: () => ({ type: 'serverError' }), atMost: 3 },
];

const statuses = [400, 401, 403, 404, 410, 418, 429, 500] as const;

/** Wrong answers at random places of one video. */
export function planWrongAnswers(random: () => number): { rules: FaultRuleInput[]; rows: string[] } {
  const chosen = Array.from({ length: 6 }, () => pick(answers, random));
  return {
    rows: chosen.map(({ row }) => row),
    rules: chosen.map(({ operation, fault, atMost }) => ({
      match: { nth: 1 + Math.floor(random() * 8), ...(operation ? { operation } : {}) },
      times: 1 + Math.floor(random() * atMost),
      fault: fault(random),
    })),
  };
}

/** Meaningless answers of a host to a cancel. */
const toCancels: readonly Fault[] = [
  notFound,
  { type: 'unauthorized' },
  { type: 'connectionReset' },
  { type: 'serverError' },
];

/** Wrong answers to the calls that end predictions. */
export function planWrongCancels(random: () => number): FaultRuleInput[] {
  return (['cancel', 'get', 'list'] as const).map((operation) => ({
    match: { operation },
    times: 1 + Math.floor(random() * 3),
    fault: pick(toCancels, random),
  }));
}

/** Plans refusals of a few calls of one kind in a row. @returns a function that is true for those calls */
export function planRefusals(random: () => number): (call: StoreCall) => boolean {
  const method = pick(['GET', 'PUT', 'POST'], random);
  let skipped = Math.floor(random() * 40);
  let left = 1 + Math.floor(random() * 4);
  return (call) => {
    if (call.method !== method || left === 0) return false;
    if (skipped > 0) {
      skipped -= 1;
      return false;
    }
    left -= 1;
    return true;
  };
}

function pick<T>(list: readonly T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new RangeError('There is nothing to pick from.');
  return found;
}
