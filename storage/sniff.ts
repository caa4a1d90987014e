/** The file types that a model host may deliver, as recognised by their first bytes. */
export type MediaType =
  | 'image/png'
  | 'image/jpeg'
  | 'image/webp'
  | 'image/gif'
  | 'image/avif'
  | 'image/heic'
  | 'image/svg+xml'
  | 'image/tiff'
  | 'video/mp4'
  | 'video/quicktime'
  | 'video/webm'
  | 'video/x-matroska'
  | 'audio/mp4'
  | 'audio/mpeg'
  | 'audio/aac'
  | 'audio/wav'
  | 'audio/flac'
  | 'audio/ogg';

/** The number of first bytes that {@link sniffMediaType} examines. */
export const sniffedBytes = 64;

/**
 * Recognises a file's type by its first bytes, and ignores the server's label.
 *
 * @param firstBytes {@link sniffedBytes} or more of them; fewer only when the file is shorter
 * @returns undefined for anything not in {@link MediaType}: playlists, HTML, JSON, an empty file
 */
export function sniffMediaType(firstBytes: Uint8Array): MediaType | undefined {
  const text = (start: number, end: number) => String.fromCharCode(...firstBytes.subarray(start, end));
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (text(0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (text(0, 4) === 'RIFF') return riffTypes[text(8, 12)];
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'image/gif';
  if (text(0, 4) === 'fLaC') return 'audio/flac';
  if (text(0, 4) === 'OggS') return 'audio/ogg';
  if (text(0, 4) === '\x1aE\xdf\xa3') {
    return text(4, sniffedBytes).includes('webm') ? 'video/webm' : 'video/x-matroska';
  }
  if (text(4, 8) === 'ftyp') return readBrands(text(8, sniffedBytes));
  // QuickTime files older than `ftyp` start with another top-level atom.
  if (['moov', 'mdat', 'wide', 'free', 'skip'].includes(text(4, 8))) return 'video/quicktime';
  if (text(0, 3) === 'ID3') return 'audio/mpeg';
  if (text(0, 4) === 'II*\0' || text(0, 4) === 'MM\0*') return 'image/tiff';
  if (/^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!DOCTYPE svg|<svg[\s>])/.test(text(0, sniffedBytes)))
    return 'image/svg+xml';
  return sniffMpegFrame(firstBytes);
}

const riffTypes: Record<string, MediaType> = { WAVE: 'audio/wav', WEBP: 'image/webp' };

const brandTypes: Record<string, MediaType> = {
  'qt  ': 'video/quicktime',
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  hevc: 'image/heic',
  mif1: 'image/heic',
  msf1: 'image/heic',
};

/** The main brand decides, except `mif1`, which pictures of several codings share. */
function readBrands(brands: string): MediaType {
  const isAvif = brands.startsWith('mif1') && /avi[fs]/.test(brands);
  return isAvif ? 'image/avif' : (brandTypes[brands.slice(0, 4)] ?? 'video/mp4');
}

/** Eleven set bits of sync, then version and layer (ISO 11172-3); layer 0 marks ADTS (ISO 13818-7). */
function sniffMpegFrame(bytes: Uint8Array): MediaType | undefined {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const version = (second >> 3) & 0b11;
  const layer = (second >> 1) & 0b11;
  if (layer === 0) return (second & 0xf0) === 0xf0 ? 'audio/aac' : undefined;
  // Models deliver layer III; the bits of layer I are also those of a UTF-16 byte order mark.
  if (layer !== 0b01) return undefined;
  const bitRateIndex = third >> 4;
  const sampleRateIndex = (third >> 2) & 0b11;
  const isReserved = version === 0b01 || bitRateIndex === 0b1111 || sampleRateIndex === 0b11;
  return isReserved ? undefined : 'audio/mpeg';
}
