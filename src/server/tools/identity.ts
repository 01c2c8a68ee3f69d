import { integerFrom } from './schema.ts';
import { integer, min, required } from './validate.ts';
import type { Rules } from './validate.ts';

export const ID_RULES: Rules = { id: [required, integer, min(1)] };

export const ID_PROPERTY = { id: integerFrom(1) };
