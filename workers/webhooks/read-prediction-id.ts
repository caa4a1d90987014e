import { z } from 'zod';

/** Replicate's ids are letters and digits; this one becomes part of an address at the host and of a key in the bucket. */
const bodySchema = z.object({ id: z.string().regex(/^[\w-]{1,128}$/) });

/** Which prediction a webhook is about: all that is read of its body. @returns undefined when it does not say */
export function readPredictionId(body: Buffer): string | undefined {
  try {
    return bodySchema.parse(JSON.parse(body.toString('utf8'))).id;
  } catch {
    return undefined;
  }
}
