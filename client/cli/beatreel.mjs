#!/usr/bin/env node
// Runs the build, or the source without a build or with BEATREEL_FROM_SOURCE=1.
import { existsSync } from 'node:fs';

const built = new URL('../../dist/client/cli/main.js', import.meta.url);
const source = new URL('./main.ts', import.meta.url);

if (existsSync(built) && !(process.env.BEATREEL_FROM_SOURCE === '1' && existsSync(source))) {
  await import(built.href);
} else {
  await import(new URL('../../workers/setup/typescript.mjs', import.meta.url).href);
  await import(source.href);
}
