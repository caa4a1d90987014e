import { z } from 'zod';
import { ApiProblem, notFound } from '../http/api-problem.ts';
import { type Exchange, readJson } from '../http/exchange.ts';
import { invalidInput } from '../faults/apply-request-faults.ts';
import { findModel, resolveVersion } from '../models/find-model.ts';
import { validateInput } from '../models/validate-input.ts';
import { readDurationSeconds } from './read-duration.ts';
import type { ModelDescription, ModelInput } from '../models/model-description.ts';
import type { WebhookEvent } from './prediction-record.ts';

const bodySchema = z.strictObject({
  version: z.string().optional(),
  input: z.record(z.string(), z.unknown()),
  webhook: z.url({ protocol: /^https?$/ }).optional(),
  webhook_events_filter: z.array(z.enum(['start', 'output', 'logs', 'completed'])).optional(),
  stream: z.boolean().optional(),
});

/** A create request that the host would accept. */
export interface CreateRequest {
  readonly model: ModelDescription;
  readonly input: ModelInput;
  readonly webhook: string | undefined;
  readonly webhookEvents: readonly WebhookEvent[] | undefined;
  /** From `Cancel-After`. */
  readonly lifeSeconds: number | undefined;
  /** From `Prefer: wait`; 0 to answer at once. */
  readonly waitSeconds: number;
}

/**
 * Reads and checks a create request, for the model in the path or the version in the body.
 *
 * @throws ApiProblem 404 or 422 with the host's reasons
 */
export async function readCreateRequest(exchange: Exchange): Promise<CreateRequest> {
  const parsed = bodySchema.safeParse(await readJson(exchange));
  if (!parsed.success) throw invalidBody(parsed.error);
  const { version, input, webhook, webhook_events_filter: webhookEvents } = parsed.data;
  const model = modelOf(exchange, version);
  const violations = validateInput(model, input);
  if (violations.length > 0) throw invalidInput(violations);
  return {
    model,
    input,
    webhook,
    webhookEvents,
    lifeSeconds: readLife(exchange),
    waitSeconds: readWait(exchange),
  };
}

function modelOf({ params }: Exchange, version: string | undefined): ModelDescription {
  const { owner, name } = params;
  if (owner !== undefined) {
    const model = findModel(`${owner}/${name ?? ''}`);
    // The host runs community models by their version only.
    if (model === undefined || model.version !== undefined) throw notFound('resource');
    return model;
  }
  const model = resolveVersion(version ?? '');
  if (model !== undefined) return model;
  throw new ApiProblem(422, 'Invalid version or not permitted', {
    detail: "The specified version does not exist (or perhaps you don't have permission to use it?)",
  });
}

function readLife({ request }: Exchange): number | undefined {
  const header = request.headers['cancel-after'];
  if (header === undefined) return undefined;
  const seconds = readDurationSeconds(String(header));
  if (seconds !== undefined) return seconds;
  throw new ApiProblem(422, 'Invalid header', {
    detail: `Cancel-After must be a duration of at least 5 seconds, such as 90s or 1h30m, not ${String(header)}.`,
  });
}

function readWait({ request }: Exchange): number {
  const match = /^wait(?:=(\d+))?$/.exec(String(request.headers['prefer'] ?? ''));
  return match === null ? 0 : Math.min(60, Math.max(1, Number(match[1] ?? 60)));
}

function invalidBody({ issues }: z.ZodError): ApiProblem {
  const invalidFields = issues.map(({ code, path, message }) => ({
    type: code,
    field: path.join('.'),
    description: message,
  }));
  const detail = invalidFields.map(({ field, description }) => `- ${field}: ${description}\n`).join('');
  return new ApiProblem(422, 'Invalid request', { detail, invalidFields });
}
