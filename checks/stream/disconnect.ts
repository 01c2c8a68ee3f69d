import {
  defineCheck,
  equals,
  foreignTo,
  inconclusive,
  streamPromise,
  watchTool,
  whereAll,
  whereEmbedded,
  whereStreaming,
} from '../../src/kit/index.ts';
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
  applies: whereAll(whereStreaming(true), whereEmbedded),

  async *run(context) {
    const record = await watchTool(context, streamPromise(context.expect), LEAVE_AFTER_S);
    const left = await context.stream.open?.(NOTICED_WITHIN_MS);
    const completeness = completenessOf(record);
    if (left === undefined) {
      yield inconclusive('this target cannot tell which streams it still produces', 'stopped');
    } else if (STILL_COMING.has(completeness)) {
      yield equals('stopped', { actual: { open: left.streams }, expected: { open: 0 }, seen: [record, left] });
    } else if (completeness === 'complete') {
      yield inconclusive('the stream ended before its client could leave', 'stopped');
    } else {
      const why = `there was no stream to leave: ${formatDiagnosis(completeness)}`;
      yield foreignTo('stopped', record) ?? inconclusive(why, 'stopped');
    }
  },
});
