import type { KeptExchange } from '../exchange.ts';
import { jsonText } from '../json-text.ts';
import { cutText, sanitise } from '../sanitise.ts';
import { html, type Markup } from './markup.ts';
import { duration } from './words.ts';

const LONGEST_BODY = 6000;

/** A question and its answer as they went over the wire, credentials by name. */
export function exchangeMarkup(exchange: KeptExchange): Markup {
  const { entry, answer } = exchange;
  const came = answer.kind === 'answered' ? (answer.inPlace ?? `HTTP ${answer.status}`) : `no answer: ${answer.why}`;
  return html`<details class="exchange">
    <summary>
      Exchange ${entry.sequence}: ${exchange.method} <span class="url">${exchange.url}</span> → ${came},
      ${duration(entry.ms)}
    </summary>
    <h4>Sent</h4>
    <pre>${requestText(exchange)}</pre>
    <h4>Came</h4>
    <pre>${answer.kind === 'answered' ? messageText(`HTTP ${answer.status}`, answer.headers, answer.body) : came}</pre>
  </details>`;
}

function requestText({ method, url, headers, bearer, session, body }: KeptExchange): string {
  const credentials = [
    ...(bearer === undefined ? [] : [['authorization', `Bearer (${bearer})`] as const]),
    ...(session === undefined ? [] : [['cookie', `(${session})`] as const]),
  ];
  return messageText(`${method} ${url}`, [...credentials, ...headers], body);
}

function messageText(start: string, headers: KeptExchange['headers'], body: string | undefined): string {
  const lines = [start, ...headers.map(([name, value]) => `${name}: ${value}`)].map((line) =>
    line.replaceAll('\n', ' '),
  );
  return [...lines, ...(body === undefined || body === '' ? [] : ['', bodyText(body)])].join('\n');
}

/** Indented where it is JSON. */
function bodyText(body: string): string {
  try {
    return cutText(jsonText(JSON.parse(body), 2), LONGEST_BODY);
  } catch {
    return cutText(sanitise(body), LONGEST_BODY);
  }
}
