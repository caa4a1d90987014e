import type { Estimate, PlannedBeat } from '../../domain/estimate.ts';
import { printable } from '../terminal/printable.ts';
import { showUsd } from '../../domain/show-usd.ts';
import { toColumns } from './to-columns.ts';
import { describeBudget } from './advise-before-start.ts';
import { countOf } from '../../domain/count-of.ts';

/** An estimate for people: the storyboard, its purchases, and its highest price. */
export function describeEstimate(estimate: Estimate): string {
  const { beats, phases, highestUsd } = estimate;
  return [
    ...describeStory(estimate),
    ...beats.flatMap(describeBeat),
    '',
    ...toColumns([
      ['PHASE', 'MODEL', 'UNITS', 'EACH', 'AT MOST'],
      ...phases.map(({ phase, model, units, unitUsd, costUsd }) => [
        phase,
        model,
        String(units),
        showUsd(unitUsd),
        showUsd(costUsd),
      ]),
      ['total', '', '', '', showUsd(highestUsd)],
    ]),
    '',
    ...remarksOn(estimate).map(printable),
  ].join('\n');
}

/** Sentences to read before paying. */
export function remarksOn(estimate: Estimate): string[] {
  const { warnings, truncation } = estimate;
  const shortage = describeBudget(estimate);
  return [
    ...warnings,
    ...(truncation
      ? [
          `${countOf(truncation.originalCount, 'beat')} planned; ${truncation.truncatedCount} fit the duration.`,
        ]
      : []),
    ...(shortage === undefined ? [] : [shortage]),
    'Nothing was bought. Anything that is bought again, such as another take of a still, costs extra.',
    describeStart(estimate),
  ];
}

/** One line: length, number of beats, planner and template. */
export function summarise({ durationSeconds, beats, plannedBy, template }: Estimate): string {
  return `${durationSeconds} s in ${countOf(beats.length, 'beat')}, planned by ${plannedBy}, template ${template.name}`;
}

/** Start and end of a beat on screen. */
export function showTime({ startSeconds, keptSeconds }: PlannedBeat): string {
  const end = Math.round((startSeconds + keptSeconds) * 10) / 10;
  return `${startSeconds}–${end} s`;
}

function describeStory(estimate: Estimate): string[] {
  const { title, template, logline, cast, musicPrompt } = estimate;
  const facts = [
    ['template', `${template.name}. ${template.reason}`],
    ...(logline === undefined ? [] : [['story', logline]]),
    ...cast.map(({ name, description }) => ['cast', name === description ? name : `${name}: ${description}`]),
    ...(musicPrompt === undefined ? [] : [['music', musicPrompt]]),
  ];
  return [
    `${printable(title)}: ${summarise(estimate)}`,
    '',
    ...toColumns(facts.map((row) => row.map(printable))),
  ];
}

function describeBeat(beat: PlannedBeat): string[] {
  const { purpose, title, cast, keptSeconds, chunks, stillPrompt, motionPrompt, line, references } = beat;
  const length = `${keptSeconds} s, ${countOf(chunks, 'chunk')}`;
  const rows = [
    ['  still', stillPrompt],
    ['  motion', motionPrompt],
    ...(cast.length === 0 ? [] : [['  shows', cast.join(', ')]]),
    ...(line === undefined ? [] : [['  line', line]]),
    ...references.map((reference) => ['  reference', reference]),
  ];
  return [
    '',
    `Beat ${beat.beat}  ${showTime(beat)} (${length}), ${printable(purpose)}: ${printable(title)}`,
    ...toColumns(rows.map((row) => row.map((words, at) => (at === 0 ? words : printable(words))))),
  ];
}

function describeStart({ beatsMayDiffer, plannedBy, videoId }: Estimate): string {
  return beatsMayDiffer
    ? `${plannedBy} was not asked: it plans when the video is made. These beats are the built-in planner's; its own, and what they cost, may differ.`
    : `This very storyboard: beatreel start with the same options and --video-id ${videoId}`;
}
