import { presentPrediction } from './present-prediction.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import type { PredictionRecord } from './prediction-record.ts';
import type { PredictionStore } from './prediction-store.ts';

/** The parts of an announcer. */
export interface AnnouncerParts {
  readonly store: PredictionStore;
  readonly sender: WebhookSender;
  readonly faults: FaultScript;
  /** The stand-in's own origin, known once it listens. */
  readonly origin: () => string;
}

type AnnouncedEvent = 'start' | 'completed';

/** Sends the webhooks a prediction asked for. */
export class Announcer {
  readonly #parts: AnnouncerParts;
  readonly #completed = new Map<string, () => void>();

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  /** Announces that a prediction started or ended, if its order asked for that and it was not announced before. */
  announce(record: PredictionRecord, event: AnnouncedEvent): void {
    const { webhook, webhookEvents, webhooksDone } = record;
    const isWanted = webhookEvents === undefined || webhookEvents.includes(event);
    if (webhook === undefined || !isWanted || webhooksDone.includes(event)) return;
    void this.#announce(record, { webhook, event });
  }

  async #announce(
    record: PredictionRecord,
    { webhook, event }: { webhook: string; event: AnnouncedEvent },
  ): Promise<void> {
    const { sender, faults, store, origin } = this.#parts;
    const struck = faults.strike({ stage: 'webhook', event, subject: record });
    const body = JSON.stringify(presentPrediction(record, origin()));
    const waitsForEnd = event === 'start' && struck.some(({ type }) => type === 'webhookOutOfOrder');
    const after = waitsForEnd ? this.#endOf(record.id) : Promise.resolve();
    try {
      await sender.deliver({ address: webhook, body, faults: struck, after });
    } catch {
      // The stand-in is closing; the next start sends it again.
      return;
    }
    const done = store.get(record.id)?.webhooksDone ?? [];
    store.change(record.id, { webhooksDone: [...done, event] });
    if (event === 'completed') this.#completed.get(record.id)?.();
  }

  #endOf(id: string): Promise<void> {
    return new Promise((resolve) => this.#completed.set(id, resolve));
  }
}
