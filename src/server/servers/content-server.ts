import { contentTools } from '../tools/index.ts';
import type { ServerClass } from './server-class.ts';

/** The server eMCP ships. */
export const contentServer: ServerClass = {
  class: 'EvolutionCMS\\eMCP\\Servers\\ContentServer',
  name: 'eMCP Content Server',
  version: '1.0.0',
  instructions: 'Read the documents, template variables and models of this Evolution CMS site. Nothing here writes.',
  tools: contentTools,
};
