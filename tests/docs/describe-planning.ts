import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { planVideo } from '../../activities/planning/plan-video.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import type { Storyboard } from '../../domain/storyboard.ts';
import { briefOfCase, readBriefCases } from '../planning/briefs/plan-facts.ts';
import { interview } from '../planning/support/interview.ts';

/** A brief that docs/planning.md shows, and its two plans. */
export interface PlannedBrief {
  /** The case's name, e.g. `lighthouse`. */
  readonly name: string;
  readonly title: string;
  readonly prompt: string;
  readonly seconds: number;
  readonly builtIn: Storyboard;
  readonly byModel: Storyboard;
}

/** The briefs, each with the file of answers from which the language model's plan is made. */
const shown = [
  { name: 'lighthouse', title: 'A small story', answers: 'story-as-it-should-be' },
  {
    name: 'hedgehog',
    title: 'A story for children, with a request around it',
    answers: 'too-many-beats-once',
  },
  { name: 'focaccia', title: 'Steps', answers: 'how-to-in-prose-and-a-fence' },
  { name: 'ledgerly', title: 'News, with names and numbers', answers: 'facts-lost-twice' },
] as const;

export async function planShownBriefs(): Promise<PlannedBrief[]> {
  const cases = await readBriefCases();
  return Promise.all(
    shown.map(async ({ name, title, answers: file }) => {
      const facts = cases.find((one) => one.name === name);
      if (!facts) throw new RangeError(`There is no brief "${name}".`);
      const path = join(packageRoot(), 'tests', 'planning', 'answers', `${file}.json`);
      const { seconds, answers } = JSON.parse(await readFile(path, 'utf8')) as {
        readonly seconds: number;
        readonly answers: readonly unknown[];
      };
      const whole = briefOfCase(facts, seconds);
      const texts = answers.map((answer) => (typeof answer === 'string' ? answer : JSON.stringify(answer)));
      const { draft, brief } = interview(texts, { whole });
      const { prompt } = facts.brief;
      return {
        name,
        title,
        prompt,
        seconds,
        builtIn: planVideo(whole),
        byModel: planVideo(brief, await draft),
      };
    }),
  );
}

const opening = `# How a video is planned

<!-- The plans and pictures below are made by npm run docs:planning. -->

Two planners write the storyboard of a brief; [decision 53](decisions/0053-a-language-model-where-there-is-one.md) explains the choice.
\`beatreel estimate\` shows the built-in planner's storyboard, and the price of either, before anything is paid.

**The built-in planner** does not understand the brief. It shares the brief's own sentences out over the beats, in order, repeats the
subject in each, and adds a shot, a movement of the camera and the brief's words on style. Words that do not fit are named in a warning.
Things that the brief forbids, such as “no people”, go into no prompt, because models draw things that they are told not to draw: a warning says
that it cannot be promised. “No music” is the field \`music.enabled\`, and a warning says so. In the end every word of the prompt is shown, heard,
or named in a warning; only words of the request itself, such as “make a video about”, are not.

**A language model** is asked for a story with a cast, one action a beat, and the picture apart from the movement. Beats name the
cast; Beatreel puts each one's description in, word for word, so that no description changes from picture to picture. The answer is checked:
its language, whether it tells the brief or something else, whether names and numbers are there, whether it repeats its rules. An answer beyond
repair is sent back once; then the built-in planner plans, and the video names the reason.

No language model was reachable when this page was made. The plans below come from answers written by hand, in the manner of such
models (\`tests/planning/answers\`), and went through the same checks and repairs as any other.

The pictures are those of \`npm run demo\`: the stand-in draws hills under a coloured sky with the prompt written over them, whatever the
prompt says. They show which words reach the image model, and nothing of what a real one would paint.
`;

/** The whole of docs/planning.md, before prettier formats it. */
export function describePlanning(briefs: readonly PlannedBrief[]): string {
  return [opening, ...briefs.flatMap(describeBrief)].join('\n');
}

function describeBrief({ name, title, prompt, seconds, builtIn, byModel }: PlannedBrief): string[] {
  return [
    `## ${title}`,
    '',
    `> ${prompt.replaceAll('\n', '\n> ')}`,
    '',
    `${seconds} s. Built-in planner, template \`${builtIn.template.name}\`: ${builtIn.template.reason}`,
    '',
    ...describePlan(builtIn),
    `![The built-in planner's pictures](images/planning-${name}-built-in.jpg)`,
    '',
    'A language model:',
    '',
    ...describePlan(byModel),
    `![The language model's pictures](images/planning-${name}-model.jpg)`,
    '',
  ];
}

function describePlan({ logline, cast, beats, musicPrompt, warnings }: Storyboard): string[] {
  const rows = beats.map(({ index, title, stillPrompt, motionPrompt }) => [
    String(index),
    title,
    stillPrompt,
    motionPrompt,
  ]);
  const table = [['Beat', 'Title', 'Still', 'Motion'], ['---', '---', '---', '---'], ...rows];
  return [
    ...(logline === undefined ? [] : [`- Story: ${logline}`]),
    ...cast.map(
      ({ name, description }) => `- Cast: ${name === description ? name : `${name}, ${description}`}`,
    ),
    `- Music: ${musicPrompt}`,
    ...warnings.map((warning) => `- Warning: ${warning}`),
    '',
    ...table.map(
      (row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`,
    ),
    '',
  ];
}
