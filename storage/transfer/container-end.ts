/**
 * The end of a file according to its own structure.
 * `whole`: it ends as stated. `cut`: it promises more than arrived. `unknown`: its format does not tell.
 */
export type ContainerEnd = 'whole' | 'cut' | 'unknown';

/** Follows a file's structure while it streams, in constant memory. */
export interface ContainerWatch {
  push(chunk: Uint8Array): void;
  /** Number of coming bytes that are irrelevant to the end; infinite when all are. */
  skippable(): number;
  /** Continues as if this many bytes had arrived, at most `skippable()`. */
  skip(count: number): void;
  end(): ContainerEnd;
}

/** The watch for a media type; types whose end cannot be proven always answer `unknown`. */
export function watchContainer(contentType: string): ContainerWatch {
  const create = watches[contentType];
  return create?.() ?? unprovable;
}

const unprovable: ContainerWatch = {
  push: () => undefined,
  skippable: () => Infinity,
  skip: () => undefined,
  end: () => 'unknown',
};

const watches: Partial<Record<string, () => ContainerWatch>> = {
  'image/png': watchPng,
  'image/jpeg': watchJpeg,
  'image/webp': watchRiff,
  'image/avif': watchBoxes,
  'image/heic': watchBoxes,
  'audio/wav': watchRiff,
  'video/mp4': watchBoxes,
  'audio/mp4': watchBoxes,
  'video/quicktime': watchBoxes,
};

/** Length of one element of a chunked format; `more`: needs a longer header; `unknown`: cannot be followed further. */
type ElementLength = (header: Buffer) => number | 'unknown' | 'more';

/** Walks elements that state their length: after each header it skips to the next. */
function walkElements({
  skip = 0,
  headerBytes,
  lengthOf,
}: {
  skip?: number;
  headerBytes: number;
  lengthOf: ElementLength;
}) {
  let toSkip = skip;
  let header = Buffer.alloc(0);
  let lost = false;

  const push = (chunk: Uint8Array) => {
    let rest = chunk;
    while (!lost && rest.byteLength > 0) {
      const skipped = Math.min(toSkip, rest.byteLength);
      toSkip -= skipped;
      rest = rest.subarray(skipped);
      if (rest.byteLength === 0) return;
      const wanted = header.byteLength < headerBytes ? headerBytes - header.byteLength : 1;
      header = Buffer.concat([header, rest.subarray(0, wanted)]);
      rest = rest.subarray(wanted);
      if (header.byteLength >= headerBytes) step();
    }
  };
  const step = () => {
    const length = lengthOf(header);
    if (length === 'more') return;
    lost = length === 'unknown' || length < header.byteLength;
    if (length !== 'unknown') toSkip = length - header.byteLength;
    header = Buffer.alloc(0);
  };
  return {
    push,
    skippable: () => (lost ? Infinity : toSkip),
    skip: (count: number) => {
      if (!lost) toSkip -= count;
    },
    isInside: () => toSkip > 0,
  };
}

function followed({ push, skippable, skip }: ReturnType<typeof walkElements>) {
  return { push, skippable, skip };
}

/** PNG (ISO 15948): chunks of length, type, content and CRC; the last is IEND. Bytes after it are ignored. */
function watchPng(): ContainerWatch {
  let hasEnd = false;
  const walk = walkElements({
    skip: 8,
    headerBytes: 8,
    lengthOf: (header) => {
      if (hasEnd) return 'unknown';
      hasEnd = header.toString('latin1', 4, 8) === 'IEND';
      return header.readUInt32BE(0) + 12;
    },
  });
  return { ...followed(walk), end: () => (hasEnd && !walk.isInside() ? 'whole' : 'cut') };
}

/** Boxes without which a file cannot be read. */
const essentialBoxes: ReadonlySet<string> = new Set(['moov', 'mdat', 'meta', 'moof']);

/** Boxes of ISO 14496-12, as in MP4, QuickTime and AVIF: 32-bit length and type, a 64-bit length, or "to the end". */
function watchBoxes(): ContainerWatch {
  const seen = new Set<string>();
  let last = '';
  const walk = walkElements({
    headerBytes: 8,
    lengthOf: (header) => {
      const type = header.toString('latin1', 4, 8);
      const length = header.readUInt32BE(0);
      if (!/^[\x20-\x7e\xa9]{4}$/.test(type) || length === 0) return 'unknown';
      if (length === 1 && header.byteLength < 16) return 'more';
      seen.add(type);
      last = type;
      return length === 1 ? Number(header.readBigUInt64BE(8)) : length;
    },
  });
  const isComplete = () =>
    // A fragmented file may be cut between two fragments; a plain one needs both its index and its content.
    !seen.has('moof') && ((seen.has('moov') && seen.has('mdat')) || (seen.has('meta') && seen.has('mdat')));
  return {
    ...followed(walk),
    end: () => {
      // Bytes after the last box may be anything, such as text that looks like the start of a box.
      if (walk.isInside() && essentialBoxes.has(last)) return 'cut';
      return isComplete() ? 'whole' : 'unknown';
    },
  };
}

/** RIFF: one length for the whole file. Writers that could not seek back leave any value, so no length is too long. */
function watchRiff(): ContainerWatch {
  let head = Buffer.alloc(0);
  let sizeBytes = 0;
  return {
    push(chunk) {
      if (head.byteLength < 8) head = Buffer.concat([head, chunk.subarray(0, 8 - head.byteLength)]);
      sizeBytes += chunk.byteLength;
    },
    skippable: () => (head.byteLength < 8 ? 0 : Infinity),
    skip(count) {
      sizeBytes += count;
    },
    end() {
      const stated = head.byteLength < 8 ? 0 : head.readUInt32LE(4);
      return stated > 0 && sizeBytes >= stated + 8 ? 'whole' : 'unknown';
    },
  };
}

/** JPEG: ends with its end-of-image marker; appended bytes prove nothing. */
function watchJpeg(): ContainerWatch {
  let tail = Buffer.alloc(0);
  return {
    push(chunk) {
      tail = Buffer.concat([tail, chunk.subarray(-2)]).subarray(-2);
    },
    skippable: () => 0,
    skip: () => undefined,
    end: () => (tail.equals(Buffer.from([0xff, 0xd9])) ? 'whole' : 'unknown'),
  };
}
