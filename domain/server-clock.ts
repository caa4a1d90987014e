/** The clock of another machine, from the `Date` headers of its answers, to the second. */
export class ServerClock {
  #aheadMs: number | undefined;

  /** Milliseconds that it is ahead of this machine's clock; undefined before its first answer. */
  get aheadMs(): number | undefined {
    return this.#aheadMs;
  }

  /** @param date header of an answer that arrived just now */
  hear(date: string | undefined, nowMs = Date.now()): void {
    const heardMs = Date.parse(date ?? '');
    if (!Number.isNaN(heardMs)) this.#aheadMs = heardMs - nowMs;
  }

  /** The other machine's time; this machine's own before the first answer. */
  now(): Date {
    return new Date(Date.now() + (this.#aheadMs ?? 0));
  }
}

/** The skew that is reported, in milliseconds. Signed requests fail beyond 15 minutes at S3, beyond 5 at others. */
const noticedSkewMs = 60_000;

/** @returns a sentence about clocks that differ too much; undefined where they agree, or the skew is unknown */
export function describeSkew(
  whose: string,
  { aheadMs = 0 }: Pick<ServerClock, 'aheadMs'>,
): string | undefined {
  if (Math.abs(aheadMs) < noticedSkewMs) return undefined;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return `This machine's clock is ${seconds} s ${aheadMs > 0 ? 'behind' : 'ahead of'} that of ${whose}: correct it.`;
}
