/** The secret that a host signs its webhooks with. */
export interface HostSecret {
  read(): Promise<string>;
  /** Asks again whether it was changed. @returns undefined when it was not, or when it is too soon to ask */
  readChanged(): Promise<string | undefined>;
}

/** Forged signatures make us ask no more often than that, in milliseconds. */
const askAgainMs = 60_000;

/** @param given from the environment; absent: the host is asked, once and after a signature that it does not explain */
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
