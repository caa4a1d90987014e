/** How often, and over how long, an answer must repeat before it is believed where money is at stake. */
export interface Belief {
  /** Answers in a row, the first one among them. */
  readonly times: number;
  /** From the first of them to the last one, by the store's clock, in seconds. */
  readonly overSeconds: number;
  /** Further apart than this they are not in a row: another answer may have come in between. Default: no limit. */
  readonly mostGapSeconds?: number;
}

/**
 * Every answer that would give up what is paid for, or may be. Adapters report what they saw; nothing follows from it
 * before it has repeated.
 */
export const beliefTable = {
  /**
   * The host knows no such prediction. Behind a load balancer one server may not know yet, or know no more, what another
   * one runs; a host with a list is asked for that as well.
   */
  unknownPrediction: { times: 5, overSeconds: 300, mostGapSeconds: 60 },
  /** The host's own record says that it removed the output. */
  outputRemoved: { times: 3, overSeconds: 60, mostGapSeconds: 30 },
  /** The file could not be fetched, for whatever reason. Believed, it shows to people; looks go on until it is gone. */
  notFetched: { times: 3, overSeconds: 300 },
} as const satisfies Record<string, Belief>;

export type Beliefs = Readonly<Record<keyof typeof beliefTable, Belief>>;

/**
 * Answers that are counted. `notListed`: the host's list shows no such order, although it can arrive no more; believed
 * twice, as far apart as the list of that host may lag. `notEnded`: a prediction was cancelled and runs on.
 */
export const doubtfulAnswers = [
  'unknownPrediction',
  'outputRemoved',
  'notFetched',
  'notListed',
  'notEnded',
] as const;

export type DoubtfulAnswer = (typeof doubtfulAnswers)[number];

/** @param share of the times of the table: 1 in use, less for drills and tests */
export function scaleBeliefs(share: number): Beliefs {
  const scaled = Object.entries<Belief>(beliefTable).map(([answer, belief]) => [
    answer,
    { ...belief, overSeconds: belief.overSeconds * share },
  ]);
  return Object.fromEntries(scaled) as Beliefs;
}

/** How often an answer has come in a row. */
export interface Doubt {
  readonly times: number;
  /** When it came first, by the store's clock: ISO 8601. */
  readonly since: string;
  /** When it came last. */
  readonly last: string;
}

/** @returns the doubt with one more answer, which came at `now` by the store's clock */
export function repeatDoubt(doubt: Doubt | undefined, now: Date, { mostGapSeconds }: Belief): Doubt {
  const gapMs = now.getTime() - Date.parse(doubt?.last ?? '');
  const goesOn = doubt && gapMs <= (mostGapSeconds ?? Infinity) * 1000;
  return {
    times: goesOn ? doubt.times + 1 : 1,
    since: goesOn ? doubt.since : now.toISOString(),
    last: now.toISOString(),
  };
}

export function isBelieved({ times, since, last }: Doubt, belief: Belief): boolean {
  return times >= belief.times && Date.parse(last) - Date.parse(since) >= belief.overSeconds * 1000;
}
