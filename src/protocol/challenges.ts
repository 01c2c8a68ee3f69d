import { header, headers } from '../model/evidence.ts';
import type { Page } from './gateways.ts';

/** Where people sign in, by the address of a redirect. */
const SIGN_ON_ADDRESS =
  /SAMLRequest=|cloudflareaccess\.com|login\.microsoftonline\.com|accounts\.google\.com|\/protocol\/openid-connect\/|\/oauth2?\/|\/adfs\/|\/outpost\.goauthentik\.io\/|response_type=(?:code|id_token)|\/(?:sso|saml2?|cas|log-?in|sign-?in)(?:[/?.]|$)/i;

/** Marks of sign-on pages themselves; a link to one is no mark, as any page may have it. */
const SIGN_ON_PAGE =
  /name=["']SAMLRequest|\bkc-form-login\b|\/adfs\/(?:portal|ls)\/|<title>[^<]{0,80}(?:Authelia|authentik|Cloudflare Access)|\bak-flow-executor\b|action=["'][^"']{0,200}\/oauth2\/(?:start|sign_in)|\b(?:url=|location(?:\.href)? ?= ?["'])https:\/\/[^"'\s]{0,100}(?:login\.microsoftonline\.com|cloudflareaccess\.com|accounts\.google\.com)/i;
const PASSWORD_FIELD = /\btype=["']?password\b/i;
const SIGN_IN_TITLE =
  /<title>[^<]{0,100}(?:\blog ?-?[io]n\b|\bsign ?-?[io]n\b|anmeld|connexion|iniciar ses|accedi|вход|войти|вхід|увійти)/i;

/** Cloudflare puts scripts of its own into every page it passes; these are of the challenge alone. */
const CLOUDFLARE_PAGE = /_cf_chl_opt|\/challenge-platform\/[^"'\s]{0,40}\borchestrate\b|<title>Just a moment/i;
const BOT_PAGES: readonly (readonly [wants: string, page: RegExp])[] = [
  ['Cloudflare', CLOUDFLARE_PAGE],
  ['Imperva', /<iframe\b[^>]{0,200}\/_Incapsula_Resource/i],
  ['DataDome', /captcha-delivery\.com/i],
  ['a captcha', /\bpx-captcha\b|<title>[^<]{0,80}(?:captcha|not a robot|are human)/i],
  ['a check of the browser', /<title>(?:One moment, please|DDOS-GUARD|Checking your browser)/i],
];
const CAPTCHA_WIDGET = /\bg-recaptcha\b|\bh-?captcha\b|\bcf-turnstile\b/i;

/** What somebody in front wants proved, by the headers of an answer. eMCP itself asks for no proof (contract §2.4). */
export function wantedByHeaders(answer: Page): string | undefined {
  const { status } = answer;
  const scheme = /^\s{0,9}([A-Za-z]{1,20})/.exec(headers(answer, 'www-authenticate')[0] ?? '')?.[1];
  if (scheme !== undefined && status === 401) return `HTTP ${scheme}`;
  if (status === 407) return 'credentials for the proxy';
  if (status === 511) return 'a sign-on to the network';
  if (header(answer, 'cf-mitigated') !== undefined) return 'Cloudflare';
  if (header(answer, 'x-goog-iap-generated-response') !== undefined) return 'single sign-on';
  const waf = header(answer, 'x-amzn-waf-action');
  return waf === undefined ? undefined : `AWS WAF ${waf}`;
}

/** What a page wants before it lets anybody pass. */
export function wantedByPage({ status, text }: Page): string | undefined {
  const bot = BOT_PAGES.find(([, page]) => page.test(text));
  if (bot !== undefined) return bot[0];
  if (SIGN_ON_PAGE.test(text)) return 'single sign-on';
  const refused = status === 401 || status === 403;
  // A page of the site may have such a field or widget as well, in its head or in a form for comments.
  if (PASSWORD_FIELD.test(text) && (refused || (status < 400 && SIGN_IN_TITLE.test(text)))) return 'a sign-in page';
  return CAPTCHA_WIDGET.test(text) && (refused || [405, 429, 503].includes(status)) ? 'a captcha' : undefined;
}

/** Whether a redirect leads to where people sign in, rather than to where the site has moved. */
export function leadsToSignOn(target: URL): boolean {
  return SIGN_ON_ADDRESS.test(target.href.slice(0, 2000));
}
