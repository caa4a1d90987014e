import { createRequire } from 'node:module';

import { renderAsync } from '@resvg/resvg-js';

/** The packaged font (Inter), so that words look the same on every machine. */
const fontFiles = ['500Medium', '700Bold'].map((style) =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${style}/Inter_${style}.ttf`),
);

/** Turns SVG into PNG bytes, off the main thread, with the packaged font and no other. */
export async function renderSvg(svg: string): Promise<Buffer> {
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' },
  });
  return image.asPng();
}
