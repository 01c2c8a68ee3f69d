import type { HeaderList, ServerResponse } from './message.ts';
import { jsonResponse } from './json-response.ts';

export const CMS_FAILURE_PAGE =
  '<html><head><title>Site failure</title></head><body><h2>The page could not be made</h2></body></html>\n';

/** The CMS's own error page, for what nobody caught. */
export function cmsFailure(): ServerResponse {
  return html(500, CMS_FAILURE_PAGE);
}

export function cmsNotFound(): ServerResponse {
  return html(404, document('Not found', 'This page does not exist'));
}

/** The start page, which a site without friendly URLs shows for every unknown path. */
export function cmsHome(): ServerResponse {
  return html(200, document('Home', 'The site is installed'));
}

export function cmsMethodNotAllowed(allow: string): ServerResponse {
  return html(405, document('Method not allowed', 'Use another method'), [['Allow', allow]]);
}

/** What the manager shows to a visitor who is not logged in: a page, and status 200. */
export function loginPage(): ServerResponse {
  return managerPage(
    'Log in',
    '<form method="post" name="loginfrm"><input name="username"><input name="password"></form>',
  );
}

/** What the manager shows to a user who may not use it. */
export function accessPage(): ServerResponse {
  return managerPage('No access', '<p>This account may not use the manager.</p>');
}

/** The shape of sApi's own answers, which know no trace id. */
export function sapiResponse(
  status: number,
  message: string,
  object: Readonly<Record<string, string>> = {},
): ServerResponse {
  return jsonResponse(status, { success: status < 400, message, object, code: status });
}

function managerPage(title: string, content: string): ServerResponse {
  return {
    status: 200,
    headers: [
      ['Cache-Control', 'no-cache, private'],
      ['Content-Type', 'text/html; charset=utf-8'],
    ],
    body: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${content}</body></html>\n`,
  };
}

function html(status: number, body: string, headers: HeaderList = []): ServerResponse {
  return { status, headers: [['Content-Type', 'text/html; charset=UTF-8'], ...headers], body };
}

function document(title: string, text: string): string {
  return `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${text}</h1></body></html>\n`;
}
