import { describe, expect, it } from 'vitest';
import { createSchedule } from '../../../src/server/dispatch/schedule.ts';

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

describe('the schedule of the worker', () => {
  it.each(['manual', 'off'] as const)('never runs by itself when it is %s', async (mode) => {
    let passes = 0;
    const schedule = createSchedule(mode, async () => {
      passes += 1;
      await Promise.resolve();
    });
    schedule.wake();
    await turns(5);
    await schedule.stop();
    expect(passes).toBe(0);
  });

  it('runs one pass for wakes that come together, and not within the wake', async () => {
    let passes = 0;
    const schedule = createSchedule('auto', async () => {
      passes += 1;
      await Promise.resolve();
    });
    schedule.wake();
    schedule.wake();
    expect(passes).toBe(0);
    await turns(5);
    expect(passes).toBe(1);
    await schedule.stop();
  });

  it('runs again for a wake that comes during a pass, but never two passes at once', async () => {
    const log: string[] = [];
    const schedule = createSchedule('auto', async () => {
      log.push('begin');
      if (log.length === 1) {
        schedule.wake();
      }
      await turns(3);
      log.push('end');
    });
    schedule.wake();
    await turns(20);
    expect(log).toEqual(['begin', 'end', 'begin', 'end']);
    await schedule.stop();
  });

  it('waits for the pass under way when stopped and starts no other', async () => {
    let ended = 0;
    const schedule = createSchedule('auto', async () => {
      await turns(3);
      ended += 1;
    });
    schedule.wake();
    await turns(2);
    schedule.wake();
    await schedule.stop();
    schedule.wake();
    await turns(5);
    expect(ended).toBe(1);
  });
});
