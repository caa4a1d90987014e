import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLoopback } from '../http/is-loopback.ts';
import { postWebhook } from './post-webhook.ts';
import { signWebhook } from './sign-webhook.ts';
import type { Fault } from '../faults/fault-schema.ts';

/** One event to send. */
export interface WebhookDelivery {
  readonly address: string;
  /** The prediction as JSON. */
  readonly body: string;
  /** Faults of this delivery. */
  readonly faults: readonly Fault[];
  /** Resolves when the event that must arrive first has been sent; present only where a fault reverses the order. */
  readonly after?: Promise<void>;
}

/** The options of a sender. */
export interface WebhookSenderOptions {
  readonly secret: string;
  /** Waits before each new try, in milliseconds. */
  readonly retryMs: readonly number[];
  readonly onSent: () => void;
}

/** Sends signed webhooks and retries failed ones with the same id. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #closing = new AbortController();
  readonly #sending = new Set<Promise<void>>();

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  /** Resolves when the delivery was taken or given up; rejects only for a closed sender. */
  deliver(delivery: WebhookDelivery): Promise<void> {
    const sending = this.#deliver(delivery);
    const settled = sending.then(
      () => undefined,
      () => undefined,
    );
    this.#sending.add(settled);
    void settled.then(() => this.#sending.delete(settled));
    return sending;
  }

  /** Ends every delivery; deliveries not taken are sent again after a restart. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#sending);
  }

  async #deliver({ address, body, faults, after }: WebhookDelivery): Promise<void> {
    if (faults.some(({ type }) => type === 'webhookLost')) return;
    const url = new URL(address);
    if (!isLoopback(url)) return;
    await after;
    for (const fault of faults) {
      if (fault.type === 'webhookLate') await this.#sleep(fault.seconds * 1000);
    }
    const id = `msg_${randomUUID().replaceAll('-', '')}`;
    const times = faults.some(({ type }) => type === 'webhookDoubled') ? 2 : 1;
    for (let time = 0; time < times; time += 1) await this.#tryAll(url, id, body);
  }

  async #tryAll(address: URL, id: string, body: string): Promise<void> {
    for (const waitMs of [0, ...this.#options.retryMs]) {
      await this.#sleep(waitMs);
      const headers = { ...signWebhook(this.#options.secret, id, { body, atMs: Date.now() }) };
      const status = await postWebhook({ address, headers, body }, this.#closing.signal).catch(() => 0);
      this.#closing.signal.throwIfAborted();
      if (status > 0) this.#options.onSent();
      if (status > 0 && status < 500) return;
    }
  }

  async #sleep(durationMs: number): Promise<void> {
    if (durationMs > 0) await sleep(durationMs, undefined, { signal: this.#closing.signal });
  }
}
