/** The number of repeats, and the time over which they come, before an answer counts where money is at stake. */
export interface Belief {
  /** Equal answers in a row, including the first. */
  readonly times: number;
  /** Seconds between the first and the last of them, by the store's clock. */
  readonly overSeconds: number;
  /** The largest gap within a row: after a longer one, counting starts again. Default: no limit. */
  readonly mostGapSeconds?: number;
}

/**
 * Every answer that would give up something that is paid for, or may be. Adapters report such an answer; it has no
 * effect before it has repeated.
 */
export const beliefTable = {
  /**
   * The host knows no such prediction. Behind a load balancer, one server may not know a prediction that another one
   * runs. A host with a list is asked for the list as well.
   */
  unknownPrediction: { times: 5, overSeconds: 300, mostGapSeconds: 60 },
  /** The host's own record says that it removed the output. */
  outputRemoved: { times: 3, overSeconds: 60, mostGapSeconds: 30 },
  /** The file could not be fetched, for any reason. Once believed, people see it; looks go on until it is gone. */
  notFetched: { times: 3, overSeconds: 300 },
} as const satisfies Record<string, Belief>;

export type Beliefs = Readonly<Record<keyof typeof beliefTable, Belief>>;

/**
 * Answers that are counted. `notListed`: the host's list lacks an order that can no longer arrive; believed after two
 * looks, as far apart as that host's list may lag. `notEnded`: a cancelled prediction still runs.
 */
export const doubtfulAnswers = [
  'unknownPrediction',
  'outputRemoved',
  'notFetched',
  'notListed',
  'notEnded',
] as const;

export type DoubtfulAnswer = (typeof doubtfulAnswers)[number];

/** @param share factor on the times of the table: 1 in use, less for drills and tests */
export function scaleBeliefs(share: number): Beliefs {
  const scaled = Object.entries<Belief>(beliefTable).map(([answer, belief]) => [
    answer,
    { ...belief, overSeconds: belief.overSeconds * share },
  ]);
  return Object.fromEntries(scaled) as Beliefs;
}

/** The count of one answer in a row. */
export interface Doubt {
  readonly times: number;
  /** Time of the first answer, by the store's clock: ISO 8601. */
  readonly since: string;
  /** Time of the last answer, by the store's clock: ISO 8601. */
  readonly last: string;
}

/** @param now time of the answer, by the store's clock @returns the doubt with one more answer */
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
