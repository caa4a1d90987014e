/** How often, and over how long, an answer must repeat before it is believed where money is at stake. */
export interface Belief {
  /** Answers in a row, the first one among them. */
  readonly times: number;
  /** From the first of them to the last one, by the store's clock, in seconds. */
  readonly overSeconds: number;
}

/**
 * Every answer that would give up what is paid for, or may be. Adapters report what they saw; nothing follows from it
 * before it has repeated. A different answer in between starts the count again.
 */
export const beliefTable = {
  /**
   * The host knows no such prediction. Behind a load balancer one server may not know yet, or know no more, what another
   * one runs; a host with a list is asked for that as well.
   */
  unknownPrediction: { times: 5, overSeconds: 300 },
  /** The host's own record says that it removed the output. */
  outputRemoved: { times: 3, overSeconds: 60 },
  /** The file could not be fetched, for whatever reason. Believed, it shows to people; looks go on until it is gone. */
  notFetched: { times: 3, overSeconds: 300 },
} as const satisfies Record<string, Belief>;

export type Beliefs = Readonly<Record<keyof typeof beliefTable, Belief>>;

/**
 * Answers that are counted. `notListed`: the host's list shows no such order, although it can arrive no more; believed
 * twice, as far apart as the list of that host may lag.
 */
export const doubtfulAnswers = ['unknownPrediction', 'outputRemoved', 'notFetched', 'notListed'] as const;

export type DoubtfulAnswer = (typeof doubtfulAnswers)[number];

/** @param share of the times of the table: 1 in use, less for drills and tests */
export function scaleBeliefs(share: number): Beliefs {
  const scaled = Object.entries(beliefTable).map(([answer, { times, overSeconds }]) => [
    answer,
    { times, overSeconds: overSeconds * share },
  ]);
  return Object.fromEntries(scaled) as Beliefs;
}

/** How often an answer has come in a row. */
export interface Doubt {
  readonly times: number;
  /** When it came first, by the store's clock: ISO 8601. */
  readonly since: string;
}

/** @returns the doubt with one more answer, which came at `now` by the store's clock */
export function repeatDoubt(doubt: Doubt | undefined, now: Date): Doubt {
  return { times: (doubt?.times ?? 0) + 1, since: doubt?.since ?? now.toISOString() };
}

export function isBelieved({ times, since }: Doubt, now: Date, belief: Belief): boolean {
  return times >= belief.times && now.getTime() - Date.parse(since) >= belief.overSeconds * 1000;
}
