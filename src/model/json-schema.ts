import { z } from 'zod';
import type { Json } from './json.ts';

/** Any JSON value; what is not JSON (undefined, a function, NaN) is refused. */
export const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
);
