import { createSeededRandom, type SeededRandom } from '../../../../domain/seeded-random.ts';
import { seedOf } from '../sha256.ts';
import { wrapWords } from './wrap-words.ts';

/** The content of a still. Sizes in pixels. */
export interface StillPicture {
  readonly width: number;
  readonly height: number;
  readonly words: string;
  /** The small line under the words. */
  readonly caption: string;
  /** Decides colours and shapes. */
  readonly seed: string;
  /** A PNG or JPEG to show in a corner. */
  readonly inset?: { readonly contentType: string; readonly bytes: Uint8Array };
}

/** Draws a landscape of hills under a coloured sky, with the words over it, as SVG. */
export function stillSvg(picture: StillPicture): string {
  const { width, height } = picture;
  const random = createSeededRandom(seedOf(picture.seed));
  const hue = random.between(195, 300);
  const sky = [hue, hue + random.between(30, 60), hue + random.between(80, 120)] as const;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    definitions(sky),
    `<rect width="${width}" height="${height}" fill="url(#sky)"/>`,
    sun(picture, random),
    ...stars(picture, random),
    ...[0, 1, 2].map((layer) => hills(picture, { layer, hue: sky[0] + 180 + layer * 14 }, random)),
    `<rect y="${height * 0.5}" width="${width}" height="${height * 0.5}" fill="url(#shade)"/>`,
    insetImage(picture),
    words(picture),
    '</svg>',
  ].join('\n');
}

function definitions([top, middle, bottom]: readonly [number, number, number]): string {
  return `<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0.35" y2="1">
<stop offset="0" stop-color="${colour(top, 62, 24)}"/>
<stop offset="0.5" stop-color="${colour(middle, 66, 48)}"/>
<stop offset="1" stop-color="${colour(bottom, 78, 70)}"/>
</linearGradient>
<radialGradient id="glow"><stop offset="0" stop-color="#fff" stop-opacity="0.85"/>
<stop offset="0.25" stop-color="${colour(bottom, 90, 82)}" stop-opacity="0.6"/>
<stop offset="1" stop-color="${colour(bottom, 90, 80)}" stop-opacity="0"/></radialGradient>
<linearGradient id="shade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#000" stop-opacity="0"/>
<stop offset="1" stop-color="#000" stop-opacity="0.62"/></linearGradient>
</defs>`;
}

function sun({ width, height }: StillPicture, random: SeededRandom): string {
  const [x, y] = [random.between(0.15, 0.65) * width, random.between(0.18, 0.42) * height];
  const radius = Math.min(width, height) * random.between(0.06, 0.12);
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius * 4)}" fill="url(#glow)"/>
<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="#fff" fill-opacity="0.9"/>`;
}

function stars({ width, height }: StillPicture, random: SeededRandom): string[] {
  const size = Math.min(width, height) / 500;
  return Array.from({ length: 40 }, () => {
    const [x, y] = [random.between(0, width), random.between(0, height * 0.45)];
    const radius = random.between(0.4, 2) * size;
    return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="#fff" fill-opacity="0.6"/>`;
  });
}

function hills(
  { width, height }: StillPicture,
  { layer, hue }: { layer: number; hue: number },
  random: SeededRandom,
): string {
  const base = height * (0.55 + layer * 0.14);
  const steps = 6;
  let path = `M0 ${height} L0 ${round(base)}`;
  let [fromX, fromY] = [0, base];
  for (let step = 1; step <= steps; step += 1) {
    const x = (width * step) / steps;
    const y = base + random.between(-0.11, 0.07) * height;
    const middle = (fromX + x) / 2;
    path += ` C${round(middle)} ${round(fromY)} ${round(middle)} ${round(y)} ${round(x)} ${round(y)}`;
    [fromX, fromY] = [x, y];
  }
  return `<path d="${path} L${width} ${height} Z" fill="${colour(hue, 38, 42 - layer * 12)}" fill-opacity="0.92"/>`;
}

function insetImage({ width, height, inset }: StillPicture): string {
  if (inset === undefined) return '';
  const side = Math.round(Math.min(width, height) * 0.3);
  const margin = Math.round(Math.min(width, height) * 0.05);
  const x = width - side - margin;
  const source = `data:${inset.contentType};base64,${Buffer.from(inset.bytes).toString('base64')}`;
  return `<clipPath id="corner"><rect x="${x}" y="${margin}" width="${side}" height="${side}" rx="${margin / 2}"/></clipPath>
<image href="${source}" x="${x}" y="${margin}" width="${side}" height="${side}" preserveAspectRatio="xMidYMid slice" clip-path="url(#corner)"/>
<rect x="${x}" y="${margin}" width="${side}" height="${side}" rx="${margin / 2}" fill="none" stroke="#fff" stroke-width="${Math.max(1, margin / 8)}"/>`;
}

function words({ width, height, words: text, caption }: StillPicture): string {
  const margin = Math.round(Math.min(width, height) * 0.06);
  const { lines, fontSize } = wrapWords(text, {
    // A clip's camera moves out of the rest of the width.
    width: width * 0.77 - margin,
    height: Math.min(height * 0.36, width * 0.4),
  });
  const captionSize = Math.max(6, Math.round(Math.min(width, height) * 0.024));
  const lastLine = height - margin - captionSize * 2;
  const rows = lines.map((line, index) => {
    const y = lastLine - (lines.length - 1 - index) * fontSize * 1.22;
    return `<text x="${margin}" y="${round(y)}" font-family="Inter" font-weight="700" font-size="${fontSize}" fill="#fff">${escape(line)}</text>`;
  });
  return `${rows.join('\n')}
<text x="${margin}" y="${height - margin}" font-family="Inter" font-weight="500" font-size="${captionSize}" fill="#fff" fill-opacity="0.8">${escape(caption)}</text>`;
}

/** Whole degrees: resvg reads a fraction as black. */
function colour(hue: number, saturation: number, lightness: number): string {
  return `hsl(${Math.round(((hue % 360) + 360) % 360)}, ${saturation}%, ${lightness}%)`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** XML allows no control characters, not even escaped, and no half of a surrogate pair. */
function escape(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
