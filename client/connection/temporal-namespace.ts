import { Client, type Connection } from '@temporalio/client';

/** The connection to one namespace. */
export interface NamespaceOptions {
  readonly connection: Connection;
  readonly namespace: string;
  /** `host:port`, for messages. */
  readonly address: string;
  /** The queue for starting videos. */
  readonly taskQueue: string;
}

/** A connection to one namespace, as the rest of the client uses it. */
export class TemporalNamespace {
  readonly client: Client;
  readonly connection: Connection;
  readonly namespace: string;
  readonly address: string;
  readonly taskQueue: string;
  readonly #open = new Set<Promise<unknown>>();
  #closed = false;

  constructor({ connection, namespace, address, taskQueue }: NamespaceOptions) {
    this.client = new Client({ connection, namespace });
    this.connection = connection;
    this.namespace = namespace;
    this.address = address;
    this.taskQueue = taskQueue;
  }

  /** Runs calls that fail with gRPC's DEADLINE_EXCEEDED after this many milliseconds. */
  async within<T>(timeoutMs: number, calls: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('the client is closed');
    const running = this.client.withDeadline(Date.now() + timeoutMs, calls);
    this.#open.add(running);
    try {
      return await running;
    } finally {
      this.#open.delete(running);
    }
  }

  /** Waits for open calls, then closes. */
  async close(): Promise<void> {
    this.#closed = true;
    // The SDK repeats a failed call from a timer; on a closed channel that throws outside any handler.
    await Promise.allSettled(this.#open);
    await this.connection.close();
  }
}
