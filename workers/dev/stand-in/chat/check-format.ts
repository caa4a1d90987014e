import type { ChatRequest } from './chat-request.ts';

/** Keywords of JSON Schema that most servers refuse in a strict schema. */
const forbidden = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'pattern',
  'format',
  'multipleOf',
];

/** @returns the reason why a server would refuse this question's format; undefined when it would not */
export function whyFormatRefused({ response_format: format, messages }: ChatRequest): string | undefined {
  if (format.type === 'json_object') {
    const saysJson = messages.some(({ content }) => /json/i.test(content));
    return saysJson
      ? undefined
      : "'messages' must contain the word 'json' to use 'response_format' of type 'json_object'.";
  }
  if (format.type === 'text' || format.json_schema.strict !== true) return undefined;
  const problem = findProblem(format.json_schema.schema, 'schema');
  return problem && `Invalid schema for response_format '${format.json_schema.name}': ${problem}`;
}

function findProblem(schema: unknown, at: string): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const { type, properties, items, additionalProperties, required } = schema as Record<string, unknown>;
  const used = forbidden.find((word) => word in schema);
  if (used !== undefined) return `in ${at}, '${used}' is not permitted.`;
  if (type === 'array') return findProblem(items, `${at}[]`);
  if (type !== 'object') return undefined;
  const fields = Object.entries((properties ?? {}) as Record<string, unknown>);
  if (additionalProperties !== false) return `in ${at}, 'additionalProperties' is required to be false.`;
  const missing = fields.find(([name]) => !(Array.isArray(required) && required.includes(name)));
  if (missing) return `in ${at}, 'required' must include '${missing[0]}'.`;
  return fields
    .map(([name, field]) => findProblem(field, `${at}.${name}`))
    .find((problem) => problem !== undefined);
}
