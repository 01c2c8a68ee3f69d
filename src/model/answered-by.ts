import { z } from 'zod';

/** Pages the CMS answers with in place of eMCP (contract §2.5, §2.6). */
const CMS_PAGES = ['login', 'not-found', 'home', 'csrf', 'error'] as const;

const status = z.int();

/**
 * Who gave an HTTP answer, and with which status. Only `emcp` says anything about eMCP; everything else says who stands
 * in front of it, or that the answer cannot be read.
 */
export const answeredBy = z.discriminatedUnion('kind', [
  /** JSON-RPC, a transport error with its trace id, a dispatch state, an event stream of eMCP. */
  z.object({ kind: z.literal('emcp'), status }),
  /** sApi's own shape, without a trace id (contract §2.3). */
  z.object({ kind: z.literal('sapi'), status }),
  z.object({ kind: z.literal('cms'), status, page: z.enum(CMS_PAGES) }),
  /** `to` is the target of the redirect, made absolute; it is never followed. */
  z.object({ kind: z.literal('redirect'), status, to: z.string() }),
  /** Somebody wants a proof first; `wants` says which, such as `HTTP Basic`. */
  z.object({ kind: z.literal('challenge'), status, wants: z.string() }),
  /** A web server or proxy that answered for itself; `name` is what it calls itself. */
  z.object({ kind: z.literal('gateway'), status, name: z.string() }),
  /** A store that gave an answer to an earlier request; `name` is what it calls itself. */
  z.object({ kind: z.literal('cache'), status, name: z.string() }),
  /** HTML without a mark of the CMS or of anybody known. */
  z.object({ kind: z.literal('unsigned-page'), status, media: z.string() }),
  z.object({ kind: z.literal('limiter-in-front'), status, name: z.string() }),
  z.object({ kind: z.literal('debug-page'), status }),
  /** JSON-RPC of another MCP server, or of another protocol era. */
  z.object({ kind: z.literal('other-mcp'), status, name: z.string() }),
  /** `why` is a short reason, such as `encoded as gzip`; never the body itself. */
  z.object({ kind: z.literal('unreadable'), status, why: z.string() }),
]);

export type AnsweredBy = z.infer<typeof answeredBy>;
export const answererKind = z.enum(answeredBy.options.map(({ shape }) => shape.kind.value));
export type AnswererKind = AnsweredBy['kind'];

const CMS_PAGE_NAMES: Readonly<Record<(typeof CMS_PAGES)[number], string>> = {
  login: 'the login page of the CMS',
  'not-found': 'the 404 page of the CMS',
  home: 'a page of the site',
  csrf: 'the CSRF protection of the CMS',
  error: 'an error page of the CMS',
};

/** The same with what the target said of itself made brief. */
export function inBrief(by: AnsweredBy, brief: (text: string) => string): AnsweredBy {
  switch (by.kind) {
    case 'redirect':
      return { ...by, to: brief(by.to) };
    case 'challenge':
      return { ...by, wants: brief(by.wants) };
    case 'gateway':
    case 'cache':
    case 'limiter-in-front':
    case 'other-mcp':
      return { ...by, name: brief(by.name) };
    case 'unsigned-page':
      return { ...by, media: brief(by.media) };
    case 'unreadable':
      return { ...by, why: brief(by.why) };
    case 'emcp':
    case 'sapi':
    case 'cms':
    case 'debug-page':
      return by;
  }
}

/** One sentence for people, such as `answered by nginx, not by eMCP: HTTP 503`. */
export function describeAnswerer(by: AnsweredBy): string {
  const { status } = by;
  switch (by.kind) {
    case 'emcp':
      return `answered by eMCP: HTTP ${status}`;
    case 'sapi':
      return `answered by sApi, not by eMCP: HTTP ${status}`;
    case 'cms':
      return `answered by ${CMS_PAGE_NAMES[by.page]}, not by eMCP: HTTP ${status}`;
    case 'redirect':
      return `redirected to ${by.to}, not answered by eMCP: HTTP ${status}`;
    case 'challenge':
      return `stopped by a challenge (${by.wants}) in front of eMCP: HTTP ${status}`;
    case 'gateway':
      return `answered by ${by.name}, not by eMCP: HTTP ${status}`;
    case 'cache':
      return `answered by a cache (${by.name}) with an earlier answer, not by eMCP: HTTP ${status}`;
    case 'unsigned-page':
      return `answered by a page (${by.media}) that nobody signed, not by eMCP: HTTP ${status}`;
    case 'limiter-in-front':
      return `limited by ${by.name} in front of eMCP: HTTP ${status}`;
    case 'debug-page':
      return `answered by a debug page, not by eMCP: HTTP ${status}`;
    case 'other-mcp':
      return `answered by another MCP server (${by.name}), not by eMCP: HTTP ${status}`;
    case 'unreadable':
      return `the answer cannot be read as one of eMCP (${by.why}): HTTP ${status}`;
  }
}

/** What an operator does about it; never a change to eMCP, which said nothing. */
export function remedyForAnswerer(by: AnsweredBy): string | undefined {
  switch (by.kind) {
    case 'emcp':
      return undefined;
    case 'sapi':
      return 'Compare the API path: sApi answers what lies beside the MCP routes (SAPI_BASE_PATH, `route.api_prefix`).';
    case 'cms':
      return CMS_REMEDIES[by.page];
    case 'redirect':
      return 'Give the URL that is redirected to as base URL; credentials are never sent along a redirect.';
    case 'challenge':
      return 'Let this machine pass: an allow rule for its address, or a host name that asks for nothing before eMCP does.';
    case 'gateway':
      return 'Read the error log of that web server or proxy; eMCP was not reached, so nothing is said about it.';
    case 'cache':
      return 'Take the MCP paths out of that cache: eMCP forbids storing with every answer, so a rule of its own does it.';
    case 'unsigned-page':
      return 'Find out who sends that page: the CMS has `Cache-Control: private, must-revalidate` or its session cookie on every answer, unless a proxy takes both away.';
    case 'limiter-in-front':
      return 'Raise or lift the limit in front of eMCP for this machine, or wait for the end of its maintenance; then repeat.';
    case 'debug-page':
      return 'Set `app.debug` to false, and read the log of the application for the failure itself.';
    case 'other-mcp':
      return 'Compare base URL and path: another MCP server answers there.';
    case 'unreadable':
      return 'Compare what arrives with what the application sends: a proxy compresses, rewrites or cuts answers, or PHP writes errors into them (`display_errors`).';
  }
}

const CMS_REMEDIES: Readonly<Record<(typeof CMS_PAGES)[number], string>> = {
  login: 'Sign in to the manager again, and give the fresh cookie.',
  'not-found':
    'Compare the path with the installation: `route.api_prefix`, SAPI_BASE_PATH, `mode.api`, `enable`, the manager path.',
  home: 'Compare the path: a site without friendly URLs shows a page of its own for every path it does not know.',
  csrf: 'Give the CSRF token of the manager session: newer cores refuse a POST without it.',
  error: 'Read the log of the CMS: it failed before eMCP could answer.',
};
