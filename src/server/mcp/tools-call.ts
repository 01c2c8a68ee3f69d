import { toText } from '../json/cast.ts';
import { encodeJson, type Encodable } from '../json/encode.ts';
import { InvalidArguments, type Tool, type ToolOutcome } from '../tools/tool.ts';
import { JsonRpcError } from './json-rpc-error.ts';
import { param, result, type Method, type MethodAnswer, type MethodCall } from './method.ts';

/** Mirrors laravel/mcp's tool call: invalid arguments are a result, an unknown tool is an error. */
export const toolsCall: Method = async (call) => {
  const tool = namedTool(call);
  try {
    return answerOf(await tool.call(call.arguments, await call.toolContext()));
  } catch (error) {
    if (error instanceof InvalidArguments) return result(textResult(error.message, true));
    throw error;
  }
};

export function textResult(text: string, isError: boolean): Encodable {
  return { content: [{ type: 'text', text }], isError };
}

function namedTool(call: MethodCall): Tool {
  const name = param(call, 'name');
  if (name === undefined) throw new JsonRpcError(-32602, 'The name of a tool is missing');
  const tool = call.server.tools.find((one) => one.name === name);
  if (tool === undefined) throw new JsonRpcError(-32602, `There is no tool [${toText(name)}]`);
  return tool;
}

function answerOf(outcome: ToolOutcome): MethodAnswer {
  switch (outcome.kind) {
    case 'stream':
      return { kind: 'stream', messages: outcome.messages };
    case 'text':
      return result(textResult(outcome.text, false));
    case 'structured': {
      const text = encodeJson(outcome.value, { plainSlashes: true, plainUnicode: true });
      return result({ content: [{ type: 'text', text }], isError: false, structuredContent: outcome.value });
    }
  }
}
