import { result, type Method } from './method.ts';
import { page } from './page.ts';

export const resourcesList: Method = (call) => result(page(call, 'resources', []));
