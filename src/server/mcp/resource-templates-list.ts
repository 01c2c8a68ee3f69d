import { result, type Method } from './method.ts';
import { page } from './page.ts';

export const resourceTemplatesList: Method = (call) => result(page(call, 'resourceTemplates', []));
