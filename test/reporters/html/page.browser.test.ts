import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.ts';
import { renderHtml } from '../../../src/reporters/html.ts';
import { launchChromium, withoutChromium } from '../../support/chromium.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { sampleReport } from '../../support/sample-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'emcp-page-'));
let browser: Browser | undefined;

describe.skipIf(withoutChromium)(`the page in a browser ${withoutChromium ?? ''}`, () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it.each(['light', 'dark'] as const)('has nothing an accessibility checker objects to, in %s', async (colorScheme) => {
    for (const kind of ['embedded', 'remote'] as const) {
      const report = sampleReport('plain', { target: { ...sampleReport().target, kind, insecure: true } });
      await withPage(report, { colorScheme }, async (page) => {
        await openAll(page);
        expect(await violations(page)).toEqual([]);
      });
    }
  });

  it('runs nothing and asks nobody, whatever the target said', async () => {
    // Each by itself takes half a minute, which the gate has.
    for (const text of process.env['EMCP_CI_REQUIRE'] === '1' ? HOSTILE : [HOSTILE.join(' ')]) {
      await withPage(sampleReport(text), {}, async (page, seen) => {
        await openAll(page);
        expect(await page.evaluate('window.owned')).toBeUndefined();
        expect(await page.locator('.check').count()).toBe(7);
        expect(await page.locator('img, iframe, object, script:not(:last-child), [onerror], [onload]').count()).toBe(0);
        expect(seen.requests).toHaveLength(1);
        expect(seen.complaints).toEqual([]);
      });
    }
  }, 60_000);

  it.each([320, 390, 1280])('needs no sideways scrolling at %i pixels', async (width) => {
    await withPage(sampleReport('x'.repeat(2000)), { viewport: { width, height: 800 } }, async (page) => {
      await openAll(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    });
  });

  it('narrows the list by status and by text, and says how many are left', async () => {
    await withPage(sampleReport(), {}, async (page) => {
      const shown = page.locator('.check:visible');
      expect(await shown.count()).toBe(7);
      await page.getByRole('checkbox', { name: /pass/ }).uncheck();
      expect(await shown.count()).toBe(6);
      expect(await page.getByRole('status').textContent()).toBe('6 of 7 checks shown');
      await page.getByRole('searchbox', { name: 'Find' }).fill('RATE/threshold');
      expect(await shown.count()).toBe(1);
      expect(await page.locator('.section:visible').count()).toBe(1);
    });
  });

  it('says everything without a script, and still hides by status', async () => {
    await withPage(sampleReport(), { javaScriptEnabled: false }, async (page) => {
      expect(await page.getByRole('searchbox').count()).toBe(0);
      await page.getByRole('checkbox', { name: /fail/ }).uncheck();
      expect(await page.locator('.check:visible').count()).toBe(5);
    });
  });

  it('is used with the keyboard alone', async () => {
    await withPage(sampleReport(), {}, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(page.url()).toMatch(/#checks$/);
      const passed = page.locator('#check-protocol-ping');
      await passed.locator('summary').first().focus();
      await page.keyboard.press('Enter');
      expect(await passed.getAttribute('open')).not.toBeNull();
    });
  });

  it('leads from what needs attention to a check that is open', async () => {
    await withPage(sampleReport(), {}, async (page) => {
      const failed = page.locator('#check-protocol-initialize');
      await failed.locator('summary').first().click();
      expect(await failed.getAttribute('open')).toBeNull();
      await page.locator('.attention a').first().click();
      await expect.poll(() => failed.getAttribute('open')).not.toBeNull();
    });
  });

  it('leaves on paper what cannot be used there', async () => {
    await withPage(sampleReport(), {}, async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.locator('.filters:visible, button:visible').count()).toBe(0);
      expect(await page.locator('.check:visible').count()).toBe(7);
    });
  });
});

interface Seen {
  readonly requests: readonly string[];
  /** Messages of the browser and errors of scripts. */
  readonly complaints: readonly string[];
}

async function withPage(
  report: Report,
  options: BrowserContextOptions,
  use: (page: Page, seen: Seen) => Promise<void>,
): Promise<void> {
  if (!browser) throw new Error('no browser');
  const file = join(folder, 'report.html');
  writeFileSync(file, renderHtml(report));
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page.goto(pathToFileURL(file).href);
    await use(page, { requests, complaints });
  } finally {
    await context.close();
  }
}

async function openAll(page: Page): Promise<void> {
  await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate('axe.run()');
  return (found as axe.AxeResults).violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`),
  );
}
