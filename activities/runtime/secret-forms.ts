/** The shortest secret: shorter texts occur by accident. */
const shortest = 8;

/** The forms by which a secret is found: quickly in texts of any length, and exactly in short ones. */
export interface SecretForms {
  /** The source of a pattern: the secret in each form in which programs write text. */
  readonly pattern: string;
  /** An unescaped text that contains the secret contains at least one of these strings. */
  readonly needles: readonly string[];
}

/**
 * The forms of a secret: as it is, with each character escaped for JSON, for an address or for HTML, in hexadecimal,
 * and in base64, also where it begins or ends inside a longer base64 text.
 *
 * @returns undefined for a text that is too short to be a secret
 */
export function secretForms(secret: string): SecretForms | undefined {
  if (secret.length < shortest) return undefined;
  const hex = Buffer.from(secret).toString('hex');
  const cores = [0, 1, 2].map((before) => base64Core(secret, before));
  return {
    pattern: [inAnyEscape(secret), inAnyCase(hex), ...cores.map(inBase64)].join('|'),
    needles: [secret, hex, hex.toUpperCase(), ...cores, ...cores.map(forAddresses)],
  };
}

/** A text with its escapes undone, also those that were escaped again. */
export function withoutEscapes(text: string): string {
  return /[\\%&]/.test(text) ? text.replace(escapes, toCharacter) : text;
}

const escapes =
  /\\{1,8}(?:u00|x)([0-9a-f]{2})|%(?:25){0,4}([0-9a-f]{2})|&#x0{0,6}([0-9a-f]{1,2});|&#0{0,6}(\d{1,3});|\\{1,8}/gi;

function toCharacter(_all: string, ...found: (string | undefined)[]): string {
  const [json, address, html, decimal] = found;
  const hex = json ?? address ?? html;
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  return decimal === undefined ? '' : String.fromCharCode(Number(decimal));
}

/** Repetitions have a bound, so that long runs of escapes cost little. */
function inAnyEscape(text: string): string {
  return Array.from(text, escapesOf).join('');
}

function escapesOf(character: string): string {
  const literal = character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const code = character.charCodeAt(0);
  if (code > 127) return literal;
  const hex = inAnyCase(code.toString(16).padStart(2, '0'));
  const forms = [
    `\\\\{0,8}${literal}`,
    `%(?:25){0,4}${hex}`,
    `\\\\{1,8}(?:u00|x)${hex}`,
    `&#(?:[xX]0{0,6}${hex}|0{0,6}${code});`,
  ];
  return `(?:${forms.join('|')})`;
}

function inAnyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** The characters that depend on the secret alone, when so many bytes precede it in a group of three. */
function base64Core(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  const [first, end] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  return bytes.toString('base64').slice(first, end);
}

function forAddresses(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

/** With the characters beside it, which share bits with the secret. */
function inBase64(core: string): string {
  const characters = Array.from(core, (character) => {
    if (character === '+' || character === '/')
      return `(?:${escapesOf(character)}|${forAddresses(character)})`;
    return character;
  });
  return `[\\w+/-]?${characters.join('')}[\\w+/-]?={0,2}`;
}
