import type { RenderRequest } from './render-request.ts';

/** File ending and content type of a request's output. */
export function fileTypeOf(request: RenderRequest): { ending: string; contentType: string } {
  if (request.kind === 'clip') return { ending: 'mp4', contentType: 'video/mp4' };
  return { ending: request.format, contentType: contentTypes[request.format] };
}

const contentTypes = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
} as const;
