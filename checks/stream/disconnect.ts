import { defineCheck, equals, inconclusive, notApplicable, streamPromise, watchTool } from '../../src/kit/index.ts';

/** When we leave, and how soon the target should have noticed. */
const LEAVE_AFTER_S = 0.5;
const NOTICED_WITHIN_MS = 700;

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
      const { ended } = await watchTool(context, promised.promise, LEAVE_AFTER_S);
      const left = await open(NOTICED_WITHIN_MS);
      if (ended !== 'limit-seconds') yield inconclusive('the stream ended before its client could leave');
      else yield equals('stopped', { actual: { open: left.streams }, expected: { open: 0 }, seen: left });
    }
  },
});
