/** What a variable that describes no target comes to here: it allows something, or something else has its place. */
export type VendorVariable =
  | { readonly allows: 'write' | 'load'; readonly does: string }
  | { readonly allows?: never; readonly unused: string };

/** Variables of the vendor's integration scripts (contract §10.1) that are no option of a target. */
const TABLE = {
  EMCP_DISPATCH_CHECK: { allows: 'write', does: '1 is --allow write, on the target of EMCP_BASE_URL' },
  EMCP_STASK_LIFECYCLE_CHECK: { allows: 'write', does: '1 is --allow write, on the target of EMCP_BASE_URL' },
  EMCP_RUNTIME_NEGATIVE: { allows: 'load', does: '1 is --allow load, on the target of EMCP_BASE_URL' },
  EMCP_INTEGRATION_ENABLED: { unused: 'a command runs when it is called, nothing has to be switched on' },
  EMCP_RUNTIME_MODEL_SANITY: { unused: 'no check reads records of the CMS, such as users' },
  EMCP_RUNTIME_NEGATIVE_REQUIRE_RATE_LIMIT: { unused: 'rate/threshold always demands a 429: --allow load' },
  EMCP_RUNTIME_RATE_PROBE_MAX: { unused: 'a burst follows the rate of the profile: expect.rate.perMinute' },
  EMCP_STASK_EXPECT_EXTERNAL_WORKER: { unused: 'without --worker-command the worker is expected to run by itself' },
  EMCP_STASK_POLL_ATTEMPTS: { unused: 'a task is awaited as long as expect.dispatch.completesWithin of the profile' },
  EMCP_REQUIRE_MANAGER_ENDPOINT: {
    unused: 'the profile says which routes there are: --profile hybrid or manager-only',
  },
  EMCP_MIGRATION_CHECK_ENABLED: { unused: 'no migration is ever run' },
  EMCP_TEST_JWT_READ_TOKEN: { unused: 'read-only tokens are minted with EMCP_TEST_JWT_SECRET' },
} as const satisfies Readonly<Record<`EMCP_${string}`, VendorVariable>>;

export type VendorVariableName = keyof typeof TABLE;

export const VENDOR_VARIABLES: Readonly<Record<VendorVariableName, VendorVariable>> = TABLE;

export const VENDOR_VARIABLE_NAMES: readonly VendorVariableName[] = Object.keys(TABLE).filter(isVendorVariable);

function isVendorVariable(name: string): name is VendorVariableName {
  return Object.hasOwn(TABLE, name);
}
