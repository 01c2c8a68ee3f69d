import { defineCheck, equals, inconclusive, notApplicable, streamPromise, watchTool } from '../../src/kit/index.ts';
import { completenessOf, type Completeness } from '../../src/protocol/stream-diagnosis.ts';
import { formatDiagnosis } from '../../src/protocol/stream-diagnosis-advice.ts';

/** When we leave, and how soon the target should have noticed. */
const LEAVE_AFTER_S = 0.5;
const NOTICED_WITHIN_MS = 700;

/** The stream was still coming when we left. */
const STILL_COMING: ReadonlySet<Completeness> = new Set(['never-ending', 'stalled']);

export default defineCheck({
  id: 'stream/disconnect',
  title: 'A stream stops when its client leaves',
  proves: 'Clients that vanish do not leave PHP processes behind.',
  remedy: 'Look at `stream.abort_on_disconnect`, and at a proxy that goes on reading for a client that has left.',
  section: '5',
  cites: ['runbook:5/constraints', 'D09', 'CONTRACT 6.6'],
  severity: 'should',
  impact: 'read',
  requests: { 'tools/call': 1 },
  needs: ['stream', 'token'],
  after: ['stream/headers'],

  async *run(context) {
    const promised = streamPromise(context.expect, true);
    const { open } = context.stream;
    if ('why' in promised) {
      yield promised.why;
    } else if (open === undefined) {
      yield notApplicable('only the embedded server can tell which streams it still produces');
    } else {
      const record = await watchTool(context, promised.promise, LEAVE_AFTER_S);
      const left = await open(NOTICED_WITHIN_MS);
      const completeness = completenessOf(record);
      if (STILL_COMING.has(completeness)) {
        yield equals('stopped', { actual: { open: left.streams }, expected: { open: 0 }, seen: left });
      } else if (completeness === 'complete') {
        yield inconclusive('the stream ended before its client could leave');
      } else {
        yield inconclusive(`there was no stream to leave: ${formatDiagnosis(completeness)}`);
      }
    }
  },
});
