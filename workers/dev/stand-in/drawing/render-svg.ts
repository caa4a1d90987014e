import { renderAsync } from '@resvg/resvg-js';

/** Turns SVG into PNG bytes, off the main thread, with the given font files and no other. */
export async function renderSvg(svg: string, fontFiles: readonly string[]): Promise<Buffer> {
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: [...fontFiles], defaultFontFamily: 'Inter' },
  });
  return image.asPng();
}
