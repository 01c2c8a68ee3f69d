import { completionComplete } from './completion-complete.ts';
import type { Method } from './method.ts';
import { ping } from './ping.ts';
import { promptsGet } from './prompts-get.ts';
import { promptsList } from './prompts-list.ts';
import { resourceTemplatesList } from './resource-templates-list.ts';
import { resourcesList } from './resources-list.ts';
import { resourcesRead } from './resources-read.ts';
import { toolsCall } from './tools-call.ts';
import { toolsList } from './tools-list.ts';

/** Every method but `initialize`, which the runtime treats apart. */
export const METHODS: ReadonlyMap<string, Method> = new Map([
  ['tools/list', toolsList],
  ['tools/call', toolsCall],
  ['resources/list', resourcesList],
  ['resources/read', resourcesRead],
  ['resources/templates/list', resourceTemplatesList],
  ['prompts/list', promptsList],
  ['prompts/get', promptsGet],
  ['completion/complete', completionComplete],
  ['ping', ping],
]);
