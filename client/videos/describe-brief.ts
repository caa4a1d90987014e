import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { escapeMarkdown } from '../../domain/escape-markdown.ts';
import { countOf } from '../../domain/count-of.ts';

/** Temporal takes 20,000 bytes of details and 400 of summary. Source: server 1.32, `limit.userMetadata*Size`. */
const maxDetailsBytes = 18_000;

/** A brief as short Markdown, for the Web UI. */
export function describeBrief(brief: BriefInput): string {
  const facts = [
    `${brief.durationSeconds} s`,
    brief.aspectRatio ?? '16:9',
    ...(brief.resolution === undefined || brief.resolution === 'auto' ? [] : [brief.resolution]),
    ...(brief.template === undefined ? [] : [brief.template]),
    ...(brief.music?.enabled === false ? ['no music'] : []),
    ...(brief.tenant === undefined ? [] : [`tenant ${escapeMarkdown(brief.tenant)}`]),
  ];
  const models = Object.entries(brief.models ?? {}).map(
    ([kind, name]) => `${kind}: ${escapeMarkdown([name].flat().join(', then '))}`,
  );
  const lines = [
    quote(brief.prompt),
    '',
    facts.join(' · '),
    ...(models.length === 0 ? [] : ['', models.join(' · ')]),
    ...(brief.beats === undefined ? [] : ['', `${countOf(brief.beats.length, 'beat')} of the caller’s own`]),
  ];
  return cutToBytes(lines.join('\n'), maxDetailsBytes);
}

function quote(text: string): string {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => `> ${escapeMarkdown(line)}`)
    .join('\n');
}

function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.byteLength <= maxBytes) return text;
  // A character cut in two decodes to U+FFFD.
  return `${bytes
    .subarray(0, maxBytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}…`;
}
