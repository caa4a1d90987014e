import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import { format } from 'prettier';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { resolveTools } from '../../workers/tools/resolve-tools.ts';
import { renderSvg } from '../../workers/dev/stand-in/drawing/render-svg.ts';
import { stillSvg } from '../../workers/dev/stand-in/drawing/still-svg.ts';
import type { Storyboard } from '../../domain/storyboard.ts';
import { describePlanning, planShownBriefs } from './describe-planning.ts';

/** Writes docs/planning.md and its pictures anew: `npm run docs:planning`. */
const docs = join(packageRoot(), 'docs');
const briefs = await planShownBriefs();
const { ffmpeg } = await resolveTools({ need: ['ffmpeg'], root: packageRoot(), env: process.env });
const scratch = await mkdtemp(join(tmpdir(), 'beatreel-docs-'));
try {
  for (const { name, builtIn, byModel } of briefs) {
    await drawStrip(builtIn, `planning-${name}-built-in.jpg`);
    await drawStrip(byModel, `planning-${name}-model.jpg`);
  }
} finally {
  await rm(scratch, { recursive: true });
}
const page = await format(describePlanning(briefs), { parser: 'markdown', printWidth: 110 });
await writeFile(join(docs, 'planning.md'), page);

/** The stills of a plan side by side, three in a row, as the stand-in draws them. */
async function drawStrip({ beats }: Storyboard, file: string): Promise<void> {
  for (const { index, stillPrompt } of beats) {
    const still = {
      width: 640,
      height: 360,
      words: stillPrompt,
      caption: `beat ${index}`,
      seed: stillPrompt,
    };
    await writeFile(join(scratch, `still-${index}.png`), await renderSvg(stillSvg(still)));
  }
  const columns = Math.min(3, beats.length);
  const filter = `scale=400:-1,tile=${columns}x${Math.ceil(beats.length / columns)}:padding=4:color=white`;
  const input = ['-framerate', '1', '-i', join(scratch, 'still-%d.png')];
  const output = ['-vf', filter, '-frames:v', '1', '-q:v', '12', join(docs, 'images', file)];
  await execa(ffmpeg, ['-y', '-loglevel', 'error', ...input, ...output]);
  await Promise.all(beats.map(({ index }) => rm(join(scratch, `still-${index}.png`))));
}
