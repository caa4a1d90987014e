import { readFile } from 'node:fs/promises';

import { parseDocument } from 'yaml';
import { z } from 'zod';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { hostsSchema } from './host-limits.ts';
import { queueLimitsSchema } from './queue-limits.ts';

/** A port number, or `auto`: the product's usual port when it is free, else any free one. */
export type PortSetting = number | 'auto';

const port = z.custom<PortSetting>(
  (value) => value === 'auto' || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535),
  'must be "auto" or a whole number from 1 to 65535',
);
const path = z.string().min(1, 'must name a file or folder');
const seconds = z.number().min(0).max(3600);

const attributeTypes = ['Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList'] as const;
const requiredAttributes = {
  BeatreelPhase: 'Keyword',
  BeatreelTenant: 'Keyword',
  BeatreelBeats: 'Int',
  BeatreelRevision: 'Int',
  BeatreelGate: 'Keyword',
  BeatreelCostUsd: 'Double',
} as const;

const searchAttributes = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/), z.enum(attributeTypes))
  .superRefine((given, context) => {
    for (const [name, type] of Object.entries(requiredAttributes)) {
      if (given[name] === type) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        message: `must be ${type}, because the workflow sets it`,
      });
    }
  });

const temporal = z.strictObject({
  ip: z.literal('127.0.0.1', { error: 'must be 127.0.0.1, because the dev server has no authentication' }),
  port,
  uiPort: port,
  /** Relative to the folder the stack is started for. Absent: everything is in memory. */
  databaseFile: path.optional(),
  namespace: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'must be letters, digits, "_", "." or "-"'),
  searchAttributes,
  dynamicConfig: z.record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_.]*$/),
    z.union([z.boolean(), z.number(), z.string()]),
  ),
});

const devConfigSchema = z.strictObject({
  temporal,
  queues: queueLimitsSchema,
  /** The operator's limits within one video; a brief may ask for less. */
  maximums: z.strictObject({
    concurrentStills: z.int().min(1).max(100),
    concurrentChunks: z.int().min(1).max(100),
  }),
  hosts: hostsSchema,
  objectStore: z.strictObject({
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'must be 3 to 63 of a-z, 0-9 and "-", no "-" at an end'),
    region: z.string().regex(/^[a-z0-9-]+$/, 'must be a region name such as us-east-1'),
    port,
    folder: path,
  }),
  standIn: z.strictObject({
    port,
    folder: path,
    stillSeconds: seconds,
    clipSeconds: seconds,
    scoreSeconds: seconds,
  }),
  webhooks: z.strictObject({ port }),
});

/** Everything `temporal-dev.yaml` says, checked. */
export type DevConfig = z.infer<typeof devConfigSchema>;

/**
 * Reads the description of the local stack.
 *
 * @throws BeatreelFailure `InvalidRequest` naming the file and, for each fault, the setting, its value and the rule
 */
export async function loadDevConfig(file: string): Promise<DevConfig> {
  const raw = parseYaml(file, await readConfigText(file));
  const parsed = devConfigSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => describeIssue(issue, raw));
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    `${file} cannot be used:\n  ${faults.join('\n  ')}`,
    {
      details: { faults },
    },
  );
}

async function readConfigText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const message = `${file} could not be read. Restore it from the repository or name another file.`;
    throw new BeatreelFailure(failureTypes.invalidRequest, message, { cause });
  }
}

function parseYaml(file: string, text: string): unknown {
  const document = parseDocument(text);
  const [cause] = document.errors;
  if (cause === undefined) return document.toJS();
  throw new BeatreelFailure(failureTypes.invalidRequest, `${file} is not valid YAML: ${cause.message}`, {
    cause,
  });
}

function describeIssue(issue: z.core.$ZodIssue, raw: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${[...issue.path, key].join('.')} is not a setting; remove it or correct its name`,
    );
  }
  const name = issue.path.length === 0 ? 'the file' : issue.path.join('.');
  const value = valueAt(raw, issue.path);
  const given = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  return [`${name} ${given}: ${issue.message}`];
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
}
