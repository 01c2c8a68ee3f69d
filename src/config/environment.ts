import { UsageError } from '../model/errors.ts';
import { nearest } from './nearest.ts';

/** Variables of the vendor's integration scripts (contract §10.1), and ours. */
const KNOWN = [
  'EMCP_INTEGRATION_ENABLED',
  'EMCP_BASE_URL',
  'EMCP_SERVER_HANDLE',
  'EMCP_API_PATH',
  'EMCP_API_TOKEN',
  'EMCP_MANAGER_PATH',
  'EMCP_MANAGER_COOKIE',
  'EMCP_MANAGER_CSRF',
  'EMCP_DISPATCH_CHECK',
  'EMCP_RUNTIME_NEGATIVE',
  'EMCP_RUNTIME_MODEL_SANITY',
  'EMCP_RUNTIME_NEGATIVE_REQUIRE_RATE_LIMIT',
  'EMCP_RUNTIME_RATE_PROBE_MAX',
  'EMCP_STASK_LIFECYCLE_CHECK',
  'EMCP_STASK_EXPECT_EXTERNAL_WORKER',
  'EMCP_STASK_WORKER_CMD',
  'EMCP_STASK_WORKER_CWD',
  'EMCP_STASK_POLL_ATTEMPTS',
  'EMCP_REQUIRE_MANAGER_ENDPOINT',
  'EMCP_MIGRATION_CHECK_ENABLED',
  'EMCP_CORE_DIR',
  'EMCP_USERNAME',
  'EMCP_PASSWORD',
  'EMCP_DATABASE_URL',
  'EMCP_TEST_JWT_SECRET',
  'EMCP_TEST_JWT_READ_TOKEN',
] as const;

export type EnvironmentName = (typeof KNOWN)[number];

export type Environment = Readonly<Partial<Record<EnvironmentName, string>>>;

/** Variables for tests of this project itself. */
const FOR_TESTS = /^EMCP_(?:TEST_(?!JWT)|RECORDED$|CI_)/;

/** Whether a variable means something here; whatever does not begin with `EMCP_` is not our business. */
export function isOurs(name: string): boolean {
  const known: readonly string[] = KNOWN;
  return !name.startsWith('EMCP_') || known.includes(name) || FOR_TESTS.test(name);
}

/** Reads the variables that concern us; an unknown `EMCP_*` is a typing mistake and refused. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  for (const name of Object.keys(env)) {
    if (isOurs(name)) continue;
    const meant = nearest(name, KNOWN);
    throw new UsageError('unknown-variable', `unknown environment variable ${name}`, {
      where: { source: 'environment', key: name },
      hint: meant === undefined ? `unset ${name}` : `did you mean ${meant}?`,
    });
  }
  const entries = Object.entries(env).filter(
    ([name, value]) => name.startsWith('EMCP_') && value !== undefined && value !== '',
  );
  return Object.fromEntries(entries);
}
