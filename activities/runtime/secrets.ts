import { secretForms, withoutEscapes, type SecretForms } from './secret-forms.ts';

/** Takes user names and passwords out of the addresses in a text: `https://…@host/v1`. */
export function hidePasswords(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s"'<>/?#]*@/gi, '$1…@');
}

/** The forms of every secret that this process uses. Hosts and proxies repeat what they were sent. */
const kept = new Map<string, SecretForms>();
let pattern: RegExp | undefined;

/** A longer text that holds a secret is dropped whole: looking for each form in it takes seconds. */
const longest = 65_536;

/** Variables whose values open something. */
const secretVariables = /(_API_KEY|_TOKEN|_SECRET|_SECRET_ACCESS_KEY|_PASSWORD)$/;

/** Makes `redact` take this secret out of every text from now on. Adapters call it for the key they send. */
export function keepSecret(secret = ''): void {
  const forms = kept.has(secret) ? undefined : secretForms(secret);
  if (forms === undefined) return;
  kept.set(secret, forms);
  pattern = new RegExp([...kept.values()].map((each) => each.pattern).join('|'), 'g');
}

/**
 * Keeps every value of the environment that is a key, a token, a secret or a password by its name. A short word, such
 * as a local database's password, is left out: prompts and addresses are full of words.
 */
export function keepSecretsOf(env: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value = ''] of Object.entries(env))
    if (secretVariables.test(name) && !/^[a-z]{1,15}$/i.test(value)) keepSecret(value);
}

/** Takes secrets of this process, in every form, and passwords in addresses out of a text. */
export function redact(text: string): string {
  return hidePasswords(withoutSecrets(text));
}

/**
 * Takes secrets out of a parsed value, names of fields included. `data:` addresses stay as they are, because no message
 * carries them; so do the fields `input` and `next`, which are only compared.
 *
 * @throws RangeError for a value with more text than any answer has, which would hold up everything else
 */
export function redactValue<T>(value: T): T {
  return redactPart(value, { left: mostText }, 0) as T;
}

/** Characters of text, and one for each value. */
const mostText = 2_000_000;
/** The deepest level that is kept: no field we read lies deeper, and deep nesting would fill the stack. */
const deepest = 100;

/**
 * Fields of hosts that are compared with ours and written nowhere. Redacting them would make an order look absent, and
 * be placed again, where a word of its prompt happens to be a secret.
 */
const comparedOnly: ReadonlySet<string> = new Set(['input', 'next']);

function redactPart(value: unknown, budget: { left: number }, depth: number): unknown {
  const isData = typeof value === 'string' && value.startsWith('data:');
  const isFile = isData && value.length > longest;
  budget.left -= typeof value === 'string' && !isData ? value.length + 1 : 1;
  if (budget.left < 0) throw new RangeError(`It has more than ${mostText} characters beside its files.`);
  if (typeof value === 'string') return isFile ? value : withoutSecrets(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.map((part) => redactPart(part, budget, depth + 1));
  const entries = Object.entries(value as Readonly<Record<string, unknown>>).map(([name, part]) => [
    redactPart(name, budget, depth + 1) as string,
    comparedOnly.has(name) ? part : redactPart(part, budget, depth + 1),
  ]);
  return Object.fromEntries(entries) as unknown;
}

function withoutSecrets(text: string): string {
  if (pattern === undefined || !holdsSecret(text)) return text;
  return text.length > longest ? '…' : text.replace(pattern, '…');
}

function holdsSecret(text: string): boolean {
  const plain = withoutEscapes(text);
  for (const { needles } of kept.values()) if (needles.some((needle) => plain.includes(needle))) return true;
  return false;
}

/** Takes secrets out of an error and its causes, in place, because logs and histories keep them. */
export function redactError(error: unknown): void {
  const seen = new Set<unknown>();
  for (let each = error; each instanceof Error && !seen.has(each); each = each.cause) {
    seen.add(each);
    each.message = redact(each.message);
    if (each.stack !== undefined) each.stack = redact(each.stack);
  }
}
