/**
 * Whether a PNG, JPEG or WebP picture is complete: a decoder shows a missing part in grey, and may not notice a small
 * one. Ignores bytes that programs write after the end.
 *
 * @param bytes of a picture whose first bytes have been checked
 */
export function isWholePicture(bytes: Uint8Array): boolean {
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (picture[0] === 0xff) return hasJpegEnd(picture);
  if (picture[0] === 0x89) return hasPngEnd(picture);
  // Compare with the length that the container states (RFC 9649, 2.4).
  return picture.byteLength >= 12 && picture.byteLength >= 8 + picture.readUInt32LE(4);
}

/** Walks the chunks to the last one (PNG, third edition, 5.3 and 11.2.5), each with its length, type and checksum. */
function hasPngEnd(picture: Buffer): boolean {
  for (let at = 8; at + 12 <= picture.byteLength;) {
    const end = at + 12 + picture.readUInt32BE(at);
    if (picture.toString('latin1', at + 4, at + 8) === 'IEND') return end <= picture.byteLength;
    at = end;
  }
  return false;
}

const endOfImage = 0xd9;
const startOfScan = 0xda;

/** Walks segments and scans to the end of the image (ITU-T T.81, B.1.1); embedded pictures have their own ends. */
function hasJpegEnd(picture: Buffer): boolean {
  let at = 2;
  while (at + 1 < picture.byteLength) {
    if (picture[at] !== 0xff) return false;
    const marker = picture[at + 1];
    if (marker === endOfImage) return true;
    // Any number of fill bytes may precede a marker.
    if (marker === 0xff) at += 1;
    else if (at + 4 > picture.byteLength) return false;
    else {
      at += 2 + picture.readUInt16BE(at + 2);
      if (marker === startOfScan) at = findMarker(picture, at);
    }
  }
  return false;
}

/** Finds the next marker outside a scan: within one, 0xff only precedes 0 or a restart. */
function findMarker(picture: Buffer, from: number): number {
  let at = picture.indexOf(0xff, from);
  while (at !== -1 && isWithinScan(picture[at + 1])) at = picture.indexOf(0xff, at + 1);
  return at === -1 ? picture.byteLength : at;
}

function isWithinScan(next: number | undefined): boolean {
  return next === 0 || next === 0xff || (next !== undefined && next >= 0xd0 && next <= 0xd7);
}
