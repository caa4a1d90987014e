/** The words of a refusal from any server. */
export interface RefusalWords {
  /** Words for machines, such as `insufficient_quota`. */
  readonly codes: readonly string[];
  /** A sentence for people, as it came; empty where there is none. */
  readonly sentence: string;
}

/** Fields that hold the sentence, the most telling first. */
const sentenceFields = [
  ...['detail', 'error', 'message', 'msg', 'error_description', 'description', 'reason', 'status_msg'],
  ...['errors', 'invalid_fields', 'base_resp', 'title'],
];
const codeFields = ['code', 'type', 'error_type', 'error_code', 'status_code'];
/** The problems read of a refusal; the first ones are enough to understand it. */
const mostProblems = 5;

/**
 * Reads a refusal: `detail` as text or as a list, `error` as text or as an object, `message`, `errors`, `title` and
 * their like in JSON; the title of a page; a plain sentence.
 */
export function readRefusalWords(body: string): RefusalWords {
  const value = parse(body);
  if (value === undefined) return { codes: [], sentence: readPage(body) };
  return { codes: findCodes(value), sentence: readSentence(value) };
}

/** The sentence in a parsed refusal, or in one field of an answer; empty where there is none. */
export function readSentence(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) {
    const problems = value.slice(0, mostProblems).map(readSentence);
    return problems.filter((problem) => problem !== '').join('; ');
  }
  if (!isRecord(value)) return '';
  const sentence = sentenceFields.map((field) => readField(field, value[field])).find((text) => text !== '');
  return sentence === undefined ? '' : `${readPlace(value['loc'])}${sentence}`;
}

/** The status of a refusal inside an answer of 200, 500 where it names none; undefined where it does not refuse. */
export function refusedInside(body: string): number | undefined {
  const value = parse(body);
  if (!isRecord(value) || value['error'] === undefined || value['error'] === null) return undefined;
  const codes = [...findCodes(value['error']), ...[value['status'], value['code']].map(String)];
  return Number(codes.find((code) => /^[45]\d\d$/.test(code)) ?? 500);
}

function readField(field: string, value: unknown): string {
  const sentence = readSentence(value);
  if (sentence !== '' || !['errors', 'detail', 'invalid_fields'].includes(field) || !isRecord(value))
    return sentence;
  // An object of problems, by the name of their field.
  const problems = Object.entries(value).slice(0, mostProblems);
  return problems.map(([name, problem]) => `${name}: ${readSentence(problem)}`).join('; ');
}

/** Where in the request the problem lies, as FastAPI names it: `["body", "input", "prompt"]`. */
function readPlace(place: unknown): string {
  return Array.isArray(place) && place.length > 0 ? `${place.map(String).join('.')}: ` : '';
}

function findCodes(value: unknown): string[] {
  if (Array.isArray(value)) return value.slice(0, mostProblems).flatMap(findCodes);
  if (!isRecord(value)) return [];
  const own = codeFields.map((field) => value[field]).filter(isCode);
  return [
    ...own.map(String),
    ...['error', 'detail', 'base_resp'].flatMap((field) => findCodes(value[field])),
  ];
}

function isCode(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** The title of a page, or a body that is a sentence itself. */
function readPage(body: string): string {
  if (!/^\s*</.test(body)) return body.trim();
  const found = /<(title|h1)[^>]*>([^<]*)</i.exec(body.slice(0, 10_000))?.[2] ?? '';
  return found.trim();
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
