import { expect, it } from 'vitest';
import { runLogin } from '../../src/cli/commands/token-login-run.ts';
import { runMint } from '../../src/cli/commands/token-mint-run.ts';
import { runStream } from '../../src/cli/commands/stream-run.ts';
import type { Io, Signal } from '../../src/cli/io.ts';
import { Unreachable } from '../../src/model/errors.ts';
import type { Probes } from '../../src/model/probes.ts';
import type { Target } from '../../src/model/target.ts';
import type { withTarget } from '../../src/targets/open.ts';
import { fakeTarget } from '../support/fakes.ts';
import { testIo } from '../support/test-io.ts';

interface Leases {
  readonly open: typeof withTarget;
  acquired: number;
  released: number;
  /** Those that end what was acquired. */
  readonly signals: AbortSignal[];
}

/** A target that counts what is acquired and released. */
function counting(probes: Partial<Probes>): Leases {
  const target = fakeTarget();
  const signals: AbortSignal[] = [];
  const leases = { acquired: 0, released: 0, signals };
  const counted: Target = {
    ...target,
    async lease(request) {
      leases.acquired += 1;
      signals.push(request.signal);
      const lease = await target.lease(request);
      return { ...lease, probes, release: async () => void (leases.released += 1) };
    },
  };
  const open: typeof withTarget = async (_settings, use) => use(counted);
  return Object.assign(leases, { open });
}

const token: Probes['token'] = {
  sound: async () => ({ label: 'token', value: 'value', subject: undefined, scopes: undefined }),
  unsound: async () => Promise.reject(new Error('not wanted')),
};
const unreachable = async () => Promise.reject(new Unreachable('refused', 'nobody listens'));
const stream = { profile: 'streaming', url: 'http://127.0.0.1:1' };
const login = { url: 'http://127.0.0.1:1', login: 'me' };

it.each<[string, Partial<Probes>]>([
  ['no token is there', { stream: { watch: unreachable } }],
  ['no token can be had', { stream: { watch: unreachable }, token: { ...token, sound: unreachable } }],
  ['nobody answers', { stream: { watch: unreachable }, token }],
  ['watching breaks', { stream: { watch: async () => Promise.reject(new TypeError('broken')) }, token }],
])('emcp stream releases what it acquired when %s', async (_way, probes) => {
  const leases = counting(probes);
  await runStream(undefined, stream, testIo(), leases.open).catch(() => undefined);
  expect(leases).toMatchObject({ acquired: 1, released: 1 });
});

interface Interruptible {
  readonly onSignal: Io['onSignal'];
  /** A question during which Ctrl-C is pressed. */
  readonly interrupted: () => Promise<never>;
}

function interruptible(stopped: Error): Interruptible {
  let interrupt: ((signal: Signal) => void) | undefined;
  return {
    onSignal: (handler) => {
      interrupt = handler;
      return () => undefined;
    },
    interrupted: async () => {
      interrupt?.('SIGINT');
      throw stopped;
    },
  };
}

it('emcp stream releases what it acquired when it is interrupted', async () => {
  const { onSignal, interrupted: watch } = interruptible(new Error('stopped'));
  const leases = counting({ stream: { watch }, token });
  expect(await runStream(undefined, stream, testIo({ onSignal }), leases.open)).toBe(130);
  expect(leases).toMatchObject({ acquired: 1, released: 1 });
});

it.each<[string, Partial<Probes>]>([
  ['there is no endpoint', {}],
  ['nobody answers', { login: { login: unreachable } }],
  ['logging in breaks', { login: { login: async () => Promise.reject(new TypeError('broken')) } }],
])('emcp token login releases what it acquired when %s', async (_way, probes) => {
  const leases = counting(probes);
  const io = testIo({ env: { EMCP_PASSWORD: 'password' } });
  await runLogin(login, io, leases.open).catch(() => undefined);
  expect(leases).toMatchObject({ acquired: 1, released: 1 });
});

it.each([new Error('stopped'), new Unreachable('reset', 'stopped')])(
  'emcp token login releases what it acquired and prints no token when it is interrupted: %s',
  async (stopped) => {
    const { onSignal, interrupted } = interruptible(stopped);
    const leases = counting({ login: { login: interrupted } });
    const io = testIo({ env: { EMCP_PASSWORD: 'password' }, onSignal });
    expect(await runLogin(login, io, leases.open)).toBe(130);
    expect(leases).toMatchObject({ acquired: 1, released: 1, signals: [{ aborted: true }] });
    expect(io.written + io.told).toBe('');
  },
);

const mint = { url: 'http://127.0.0.1:1', scopes: 'mcp:read', subject: 'me', expires: '1h' };
const env = { EMCP_TEST_JWT_SECRET: 'a-secret-that-is-long-enough-for-anybody' };

function mcp(send: Probes['mcp']['send']): Partial<Probes> {
  const unwanted = async () => Promise.reject(new Error('not wanted'));
  const others = { request: unwanted, initialize: unwanted, call: unwanted };
  return { mcp: { servers: ['content'], path: '/{server}', defaultPath: '/{server}', send, ...others } };
}

it.each<[string, Partial<Probes>]>([
  ['there is no endpoint', {}],
  ['nobody answers', mcp(unreachable)],
  ['asking breaks', mcp(async () => Promise.reject(new TypeError('broken')))],
])('emcp token mint releases what it acquired when %s', async (_way, probes) => {
  const leases = counting(probes);
  await runMint(mint, testIo({ env }), leases.open).catch(() => undefined);
  expect(leases).toMatchObject({ acquired: 1, released: 1 });
});

it.each([new Error('stopped'), new Unreachable('reset', 'stopped')])(
  'emcp token mint releases what it acquired and mints nothing when it is interrupted: %s',
  async (stopped) => {
    const { onSignal, interrupted } = interruptible(stopped);
    const leases = counting(mcp(interrupted));
    const io = testIo({ env, onSignal });
    expect(await runMint(mint, io, leases.open)).toBe(130);
    expect(leases).toMatchObject({ acquired: 1, released: 1, signals: [{ aborted: true }] });
    expect(io.written + io.told).toBe('');
  },
);
