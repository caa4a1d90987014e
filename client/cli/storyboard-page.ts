import { createHash } from 'node:crypto';

import type { Estimate, PhasePrice, PlannedBeat } from '../../domain/estimate.ts';
import { remarksOn, showTime, summarise } from './describe-estimate.ts';
import { printable } from '../terminal/printable.ts';
import { showUsd } from '../../domain/show-usd.ts';
import { pageStyle } from './storyboard-style.ts';
import { countOf } from '../../domain/count-of.ts';

/**
 * Writes an estimate as a self-contained page of HTML that prints well: it loads nothing and runs nothing, and its
 * policy forbids both. Everything from outside is escaped.
 */
export function writeStoryboardPage(estimate: Estimate): string {
  const { title, logline, cast, beats, phases, highestUsd, musicPrompt, template } = estimate;
  const facts = [
    ['Template', `${template.name}. ${template.reason}`],
    ...cast.map(({ name, description }) => ['Cast', name === description ? name : `${name}: ${description}`]),
    ...(musicPrompt === undefined ? [] : [['Music', musicPrompt]]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1 dir="auto">${escape(title)}</h1>
<p class="summary">${escape(summarise(estimate))}, at most ${showUsd(highestUsd)}</p>
${logline === undefined ? '' : `<p class="logline" dir="auto">${escape(logline)}</p>\n`}<dl>
${facts.map(([name = '', words = '']) => entry(name, words)).join('\n')}
</dl>
${drawTimeline(beats)}
</header>
<main>
${beats.map(writeBeat).join('\n')}
</main>
<footer>
${writePrices(phases, highestUsd)}
<ul>
${remarksOn(estimate)
  .map((remark) => `<li dir="auto">${escape(remark)}</li>`)
  .join('\n')}
</ul>
</footer>
</body>
</html>
`;
}

/** Allows the one style by its digest, and nothing else. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function writeBeat(beat: PlannedBeat): string {
  const { purpose, title, cast, chunks, stillPrompt, motionPrompt, line, references } = beat;
  const rows = [
    entry('Still', stillPrompt),
    entry('Motion', motionPrompt),
    ...(cast.length === 0 ? [] : [entry('Shows', cast.join(', '))]),
    ...(line === undefined ? [] : [entry('Line', line)]),
    ...references.map((reference) => entry('Reference', reference)),
  ];
  return `<section>
<h2><span class="number">${beat.beat}</span> <span dir="auto">${escape(title)}</span></h2>
<p class="when">${showTime(beat)} · ${escape(purpose.replaceAll('_', ' '))} · ${countOf(chunks, 'chunk')}</p>
<dl>
${rows.join('\n')}
</dl>
</section>`;
}

function entry(name: string, words: string): string {
  return `<dt>${name}</dt><dd dir="auto">${escape(words)}</dd>`;
}

/** Draws beats side by side, with widths by length, in SVG attributes, which need no style. */
function drawTimeline(beats: readonly PlannedBeat[]): string {
  const length = beats.reduce((sum, { keptSeconds }) => sum + keptSeconds, 0);
  const bars = beats.map(({ beat, startSeconds, keptSeconds }) => {
    const [x, width] = [startSeconds, keptSeconds].map((seconds) => (seconds / length) * 1000) as [
      number,
      number,
    ];
    const bar = `<rect x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="28"/>`;
    return `${bar}<text x="${(x + width / 2).toFixed(1)}" y="19" text-anchor="middle">${beat}</text>`;
  });
  return `<svg viewBox="0 0 1000 28" role="img" aria-label="Beats by length">${bars.join('')}</svg>`;
}

function writePrices(phases: readonly PhasePrice[], highestUsd: number): string {
  const rows = phases.map(
    ({ phase, model, units, unitUsd, costUsd }) =>
      `<tr><td>${phase}</td><td>${escape(model)}</td><td>${units}</td><td>${showUsd(unitUsd)}</td><td>${showUsd(costUsd)}</td></tr>`,
  );
  return `<table>
<thead><tr><th>Phase</th><th>Model</th><th>Units</th><th>Each</th><th>At most</th></tr></thead>
<tbody>
${rows.join('\n')}
<tr class="total"><td colspan="4">Total</td><td>${showUsd(highestUsd)}</td></tr>
</tbody>
</table>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
