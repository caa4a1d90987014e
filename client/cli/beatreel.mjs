#!/usr/bin/env node
// Runs what `npm run build` made, or the source where nothing is built or BEATREEL_FROM_SOURCE=1 asks for it.
import { existsSync } from 'node:fs';

const built = new URL('../../dist/client/cli/main.js', import.meta.url);
const source = new URL('./main.ts', import.meta.url);

if (existsSync(built) && !(process.env.BEATREEL_FROM_SOURCE === '1' && existsSync(source))) {
  await import(built.href);
} else {
  await import(new URL('../../workers/setup/typescript.mjs', import.meta.url).href);
  await import(source.href);
}
