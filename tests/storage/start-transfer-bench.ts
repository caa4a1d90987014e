import { randomUUID } from 'node:crypto';
import type { S3Connection } from '../../storage/create-s3-client.ts';
import { allowListPolicy, parseAllowList } from '../../storage/output-address.ts';
import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { createPartSender, type PartSender } from '../../storage/part-sender.ts';
import { createSafeAgent } from '../../storage/safe-agent.ts';
import { createTransferMemory } from '../../storage/transfer-memory.ts';
import { createTransfer, type Transfer } from '../../storage/transfer.ts';
import type {
  TransferLimits,
  TransferProgress,
  TransferRequest,
} from '../../storage/transfer/transfer-request.ts';
import { type FileSource, startFileSource } from './start-file-source.ts';
import { startObjectStore, type TestObjectStore } from './start-object-store.ts';

/** A source, a store and the transfer between them, all real. */
export interface TransferBench {
  readonly server: TestObjectStore;
  readonly store: ObjectStore;
  readonly source: FileSource;
  /** The prefix of all keys of this bench, so that tests can share a store. */
  readonly folderKey: string;
  readonly transfer: Transfer;
  /** Creates another worker's transfer with its own limits, on the same source and store. */
  transferWith(limits: Partial<TransferLimits>, s3?: S3Connection): Transfer;
  /** Completes a request for an address with the test's changes. Progress is collected in `progress`. */
  request(address: string, changes?: Partial<TransferRequest>): BenchRequest;
  stop(): Promise<void>;
}

/** A request that keeps its progress. */
export interface BenchRequest extends TransferRequest {
  readonly progress: TransferProgress[];
}

/** Five MiB, the least S3 takes: files of a few parts stay small. */
export const partBytes = 5 * 1024 * 1024;

/** The expected file of most tests. */
export const footage = { kind: 'footage', maxBytes: 64 * 1024 * 1024, contentTypes: ['video/mp4'] } as const;

const quickLimits: Partial<TransferLimits> = { reconnectPauseMs: 5, idleTimeoutMs: 15_000 };

/** A bench for the tests of a file; none of them may leave an upload open. */
export function useTransferBench(): () => TransferBench {
  let bench: TransferBench;
  beforeAll(async () => {
    bench = await startTransferBench();
  });
  afterAll(async () => {
    await bench.stop();
  });
  afterEach(async () => {
    expect(await bench.store.listOpenUploads(bench.folderKey)).toEqual([]);
  });
  return () => bench;
}

/** Starts everything; `stop` ends it. */
export async function startTransferBench(): Promise<TransferBench> {
  const server = await startObjectStore();
  const source = await startFileSource();
  const agent = createSafeAgent();
  const reader = { agent, policy: allowListPolicy(parseAllowList(source.origin)) };
  const memory = createTransferMemory({ memoryMiB: 20, partMiB: 5 });
  const senders: PartSender[] = [];
  const transferWith = (limits: Partial<TransferLimits>, s3 = server.s3) => {
    const partSender = createPartSender(s3);
    senders.push(partSender);
    return createTransfer({ s3, reader, partSender, memory, limits: { ...quickLimits, ...limits } });
  };
  const store = createObjectStore(server.s3);
  const folderKey = `storage-tests/${randomUUID()}/`;
  let requests = 0;
  return {
    server,
    source,
    store,
    folderKey,
    transfer: transferWith({}),
    transferWith,
    request(address, changes = {}) {
      const progress: TransferProgress[] = [];
      requests += 1;
      return {
        resolveAddress: () => Promise.resolve(address),
        key: `${folderKey}${requests}.mp4`,
        expect: footage,
        onProgress: (step) => progress.push(step),
        signal: new AbortController().signal,
        progress,
        ...changes,
      };
    },
    async stop() {
      const stored: string[] = [];
      for await (const { key } of store.list(folderKey)) stored.push(key);
      await store.deleteMany(stored);
      await Promise.all(senders.map((sender) => sender.close()));
      await agent.close();
      await source.stop();
      await server.stop();
    },
  };
}
