/** One element of a page, with the text directly in it. */
export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

const withoutEnd = new Set(['meta', 'rect']);
const token =
  /<!doctype html>|<\/(?<end>[a-z][a-z0-9]*)>|<(?<start>[a-z][a-z0-9]*)(?<attributes>(?:\s+[a-zA-Z-]+="[^"<>]*")*)\s*\/?>|(?<text>[^<]+)/gy;

/**
 * Reads a page more strictly than a browser does: every tag is closed in order, every attribute is quoted, every `<`
 * in a text is escaped.
 *
 * @throws Error at the first place that breaks one of these rules
 */
export function readPage(html: string): PageElement[] {
  const elements: PageElement[] = [];
  const open: PageElement[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < html.length) {
    const at = token.lastIndex;
    const groups = token.exec(html)?.groups;
    if (!groups) throw new Error(`Neither tag nor text at ${at}: ${html.slice(at, at + 60)}`);
    const { start, end, attributes = '', text } = groups;
    if (text !== undefined) {
      const holder = open.at(-1);
      if (holder) holder.text += unescape(text, holder.name);
    } else if (start !== undefined) {
      const element = { name: start, attributes: readAttributes(attributes), text: '' };
      elements.push(element);
      if (!withoutEnd.has(start)) open.push(element);
    } else if (end !== undefined && open.pop()?.name !== end)
      throw new Error(`</${end}> at ${at} ends nothing.`);
  }
  if (open.length > 0) throw new Error(`Never closed: ${open.map(({ name }) => name).join(', ')}`);
  return elements;
}

function readAttributes(text: string): Record<string, string> {
  const pairs = text.matchAll(/([a-zA-Z-]+)="([^"]*)"/g);
  return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, unescape(value, '')]));
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function unescape(text: string, holder: string): string {
  if (holder === 'style') return text;
  return text.replace(/&(?:([a-z#0-9]+);)?/g, (found, name: string | undefined) => {
    const character = characters[name ?? ''];
    if (character === undefined) throw new Error(`No entity of ours: ${found}`);
    return character;
  });
}
