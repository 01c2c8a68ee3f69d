import { result, type Method } from './method.ts';
import { page } from './page.ts';

/** Denied tools are listed too: the security policy is asked at the call only. */
export const toolsList: Method = (call) => {
  const tools = call.server.tools.map(({ name, title, description, inputSchema }) => {
    return { name, title, description, inputSchema, annotations: {} };
  });
  return result(page(call, 'tools', tools));
};
