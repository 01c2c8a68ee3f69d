import { result, type Method } from './method.ts';
import { page } from './page.ts';

export const promptsList: Method = (call) => result(page(call, 'prompts', []));
