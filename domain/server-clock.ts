/** The clock of another machine, as the `Date` headers of its answers tell it, to the second. */
export class ServerClock {
  #aheadMs: number | undefined;

  /** How far it is ahead of this machine's; undefined before its first answer. */
  get aheadMs(): number | undefined {
    return this.#aheadMs;
  }

  /** @param date the header of an answer that came just now */
  hear(date: string | undefined, nowMs = Date.now()): void {
    const heardMs = Date.parse(date ?? '');
    if (!Number.isNaN(heardMs)) this.#aheadMs = heardMs - nowMs;
  }

  /** This machine's own time before the first answer. */
  now(): Date {
    return new Date(Date.now() + (this.#aheadMs ?? 0));
  }
}

/** Clocks that differ by more than this let signed requests fail: S3 allows 15 minutes, others 5. In milliseconds. */
const noticedSkewMs = 60_000;

/** @returns a sentence about clocks that differ too much; undefined where they agree, or nothing is known */
export function describeSkew(
  whose: string,
  { aheadMs = 0 }: Pick<ServerClock, 'aheadMs'>,
): string | undefined {
  if (Math.abs(aheadMs) < noticedSkewMs) return undefined;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return `This machine's clock is ${seconds} s ${aheadMs > 0 ? 'behind' : 'ahead of'} that of ${whose}: correct it.`;
}
