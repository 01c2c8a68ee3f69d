import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const EXECUTABLE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Why tests in a browser are left out here; undefined where they run, and where a missing browser is a failure. */
export const withoutChromium =
  EXECUTABLE === undefined && process.env['EMCP_CI_REQUIRE'] !== '1' ? 'skipped: no Chromium' : undefined;

/** The browser of the system, with nothing that asks the network. */
export function launchChromium(): Promise<Browser> {
  if (EXECUTABLE === undefined)
    throw new Error('EMCP_CI_REQUIRE=1, but there is no Chromium; install the package chromium');
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
