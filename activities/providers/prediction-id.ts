import { z } from 'zod';

/** An id as hosts give them. It becomes part of addresses, keys and messages, so only letters, digits, `_` and `-`. */
export const predictionIdSchema = z.string().regex(/^[A-Za-z0-9][\w-]{0,127}$/);
