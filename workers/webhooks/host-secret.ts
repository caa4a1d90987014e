/** The secret that signs a host's webhooks. */
export interface HostSecret {
  read(): Promise<string>;
  /** Asks for a changed secret. @returns undefined when it has not changed, or it is too soon to ask */
  readChanged(): Promise<string | undefined>;
}

/** The least time between two questions to the host, in milliseconds, however many signatures are forged. */
const askAgainMs = 60_000;

/** @param given from the environment; absent: the host is asked, once and after each signature that does not fit */
export function createHostSecret(given: string | undefined, ask: () => Promise<string>): HostSecret {
  let asked: Promise<string> | undefined;
  let askedAtMs = 0;
  const askOnce = () => {
    if (asked) return asked;
    askedAtMs = performance.now();
    const answer = ask();
    asked = answer;
    answer.catch(() => {
      if (asked === answer) asked = undefined;
    });
    return answer;
  };
  return {
    read: () => (given === undefined ? askOnce() : Promise.resolve(given)),
    readChanged: async () => {
      if (given !== undefined || !asked || performance.now() - askedAtMs < askAgainMs) return undefined;
      const before = await asked;
      asked = undefined;
      const now = await askOnce();
      return now === before ? undefined : now;
    },
  };
}
