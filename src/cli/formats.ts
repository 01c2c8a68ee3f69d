import type { Report } from '../model/report.ts';
import type { Style } from '../reporters/style.ts';

export const FORMATS = ['terminal', 'json', 'ndjson', 'junit', 'markdown', 'github', 'html'] as const;
export type Format = (typeof FORMATS)[number];

/** Only the reporter in use is loaded. */
export async function renderAs(format: Format, report: Report, style: Style): Promise<string> {
  switch (format) {
    case 'terminal':
      return (await import('../reporters/terminal.ts')).renderTerminal(report, style);
    case 'json':
      return (await import('../reporters/json.ts')).renderJson(report);
    case 'ndjson':
      return (await import('../reporters/ndjson.ts')).renderNdjson(report);
    case 'junit':
      return (await import('../reporters/junit.ts')).renderJunit(report);
    case 'markdown':
      return (await import('../reporters/markdown.ts')).renderMarkdown(report);
    case 'github':
      return (await import('../reporters/github.ts')).renderGithub(report);
    case 'html':
      return (await import('../reporters/html.ts')).renderHtml(report);
  }
}
