import { z } from 'zod';
import { isJson, type Json } from './json.ts';

/** Any JSON value. */
export const json: z.ZodType<Json> = z.any().refine((value) => isJson(value), 'no JSON value');
