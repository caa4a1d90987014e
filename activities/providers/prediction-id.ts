import { z } from 'zod';

/** An id as hosts give them. It becomes part of addresses, keys and messages, so it is letters, digits and dashes. */
export const predictionIdSchema = z.string().regex(/^[A-Za-z0-9][\w-]{0,127}$/);
