import { z } from 'zod';
import { chatFaults } from '../chat/chat-faults.ts';

const bytes = z.int().nonnegative();
const seconds = z.number().nonnegative();
const milliseconds = z.number().nonnegative();

const requestFaults = [
  z.strictObject({
    type: z.literal('throttle'),
    retryAfterSeconds: seconds.default(1),
    header: z.boolean().default(true),
  }),
  z.strictObject({
    type: z.literal('serverError'),
    status: z.int().min(500).max(599).default(500),
    when: z.enum(['before', 'after']).default('before'),
  }),
  z.strictObject({ type: z.literal('loseReply') }),
  z.strictObject({
    type: z.literal('delayReply'),
    seconds,
    when: z.enum(['before', 'after']).default('before'),
  }),
  z.strictObject({ type: z.literal('connectionReset') }),
  z.strictObject({ type: z.literal('insufficientCredit') }),
  z.strictObject({ type: z.literal('unauthorized') }),
  z.strictObject({ type: z.literal('invalid') }),
  z.strictObject({ type: z.literal('malformedJson') }),
  z.strictObject({ type: z.literal('sayRemoved') }),
  z.strictObject({
    type: z.literal('wrongAnswer'),
    status: z.int().min(200).max(599).default(200),
    contentType: z.string().default('text/html'),
    body: z.string().default('<html><body>Welcome</body></html>'),
    when: z.enum(['before', 'after']).default('after'),
  }),
] as const;

const outcomeFaults = [
  z.strictObject({ type: z.literal('refuse') }),
  z.strictObject({
    type: z.literal('fail'),
    error: z.string().default('Prediction failed: the model raised an exception.'),
  }),
  z.strictObject({ type: z.literal('neverFinish') }),
  z.strictObject({ type: z.literal('slowStart'), seconds }),
  z.strictObject({
    type: z.literal('emptyOutput'),
    value: z.union([z.null(), z.literal(''), z.tuple([])]).default(null),
  }),
  z.strictObject({ type: z.literal('extraOutput'), extra: z.int().positive().default(1) }),
  z.strictObject({
    type: z.literal('wrongType'),
    label: z.enum(['honest', 'as-expected']).default('honest'),
  }),
  z.strictObject({ type: z.literal('bigOutput'), sizeMiB: z.number().positive() }),
] as const;

const outputFaults = [
  z.strictObject({ type: z.literal('truncateOutput'), afterBytes: bytes.default(1000) }),
  z.strictObject({ type: z.literal('closeDelimitedTruncation'), afterBytes: bytes.default(1000) }),
  z.strictObject({ type: z.literal('stallOutput'), afterBytes: bytes.default(1000) }),
  z.strictObject({
    type: z.literal('trickleOutput'),
    chunkBytes: z.int().positive().default(1024),
    delayMs: milliseconds.default(100),
  }),
  z.strictObject({ type: z.literal('dropOutput'), afterBytes: bytes.default(1000) }),
  z.strictObject({ type: z.literal('changeEtag') }),
  z.strictObject({ type: z.literal('expireOutput') }),
  z.strictObject({ type: z.literal('outputError'), status: z.int().min(400).max(599) }),
  z.strictObject({ type: z.literal('htmlOutput') }),
  z.strictObject({ type: z.literal('noRanges') }),
] as const;

const webhookFaults = [
  z.strictObject({ type: z.literal('webhookLate'), seconds }),
  z.strictObject({ type: z.literal('webhookDoubled') }),
  z.strictObject({ type: z.literal('webhookOutOfOrder') }),
  z.strictObject({ type: z.literal('webhookLost') }),
] as const;

const listFault = z.strictObject({ type: z.literal('listLag'), seconds });

/** The stage at which a fault strikes. */
export type FaultStage = 'request' | 'outcome' | 'output' | 'webhook' | 'list' | 'chat';

const schemasByStage = {
  request: requestFaults,
  outcome: outcomeFaults,
  output: outputFaults,
  webhook: webhookFaults,
  list: [listFault],
  chat: chatFaults,
} as const;

/** All faults. The stand-in's README.md describes each one. */
export const faultSchema = z.discriminatedUnion('type', [
  ...requestFaults,
  ...outcomeFaults,
  ...outputFaults,
  ...webhookFaults,
  ...chatFaults,
  listFault,
]);

/** One thing that goes wrong. */
export type Fault = z.infer<typeof faultSchema>;

/** One thing that goes wrong, by its name. */
export type FaultOf<Type extends Fault['type']> = Extract<Fault, { type: Type }>;

/** The stage a fault belongs to. */
export function stageOf(fault: Fault): FaultStage {
  for (const [stage, schemas] of Object.entries(schemasByStage)) {
    if (schemas.some((schema) => schema.shape.type.value === fault.type)) return stage as FaultStage;
  }
  throw new TypeError(`Fault ${fault.type} has no stage`);
}
