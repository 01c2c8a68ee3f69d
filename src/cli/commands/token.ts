import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import { addSomeTargetFlags } from '../target-flags.ts';
import type { InspectFlags } from './token-inspect-run.ts';
import type { LoginFlags } from './token-login-run.ts';
import type { MintFlags } from './token-mint-run.ts';

const ADDRESS = ['url', 'insecure', 'ca', 'timeout'] as const;

/** Where the clock of the target is read. */
const PROBED = ['apiPath', 'servers'] as const;

export function describeToken(program: Command, deps: Deps): void {
  const token = program.command('token').description('make, read or obtain a token');
  describeMint(token, deps);
  describeInspect(token, deps);
  describeLogin(token, deps);
}

function describeMint(token: Command, deps: Deps): void {
  const command = token.command('mint').description('sign a token with the target’s secret and print it');
  addSomeTargetFlags(command, [...ADDRESS, ...PROBED, 'secret', 'issuer'])
    .option('--scopes <list>', 'scopes, with commas', 'mcp:read,mcp:call')
    .option('--subject <name>', 'whom it names; every name has rate limits of its own', 'emcp')
    .option('--expires <duration>', 'how long it is good for, such as 90s, 15m, 1h or 7d', '1h')
    .addHelpText('after', MINT_EXAMPLES)
    .action(async (flags: MintFlags) => {
      const { runMint } = await import('./token-mint-run.ts');
      deps.exit(await runMint(flags, deps.io));
    });
}

function describeInspect(token: Command, deps: Deps): void {
  const command = token
    .command('inspect')
    .description('say what a token grants and until when; never the token itself');
  addSomeTargetFlags(command, ['token'])
    .option('--json', 'claims and findings as JSON')
    .addHelpText('after', INSPECT_EXAMPLES)
    .action(async (flags: InspectFlags) => {
      const { runInspect } = await import('./token-inspect-run.ts');
      deps.exit(await runInspect(flags, deps.io));
    });
}

function describeLogin(token: Command, deps: Deps): void {
  const command = token.command('login').description('obtain a token at the token endpoint and print it');
  addSomeTargetFlags(command, [...ADDRESS, 'username', 'password', 'tokenPath'])
    .addHelpText('after', LOGIN_EXAMPLES)
    .action(async (flags: LoginFlags) => {
      const { runLogin } = await import('./token-login-run.ts');
      deps.exit(await runLogin(flags, deps.io));
    });
}

const MINT_EXAMPLES = `
Examples:
  $ emcp token mint --secret-file jwt.secret > token.txt
  $ emcp token mint --target staging --scopes mcp:read --subject dashboard --expires 15m`;

const INSPECT_EXAMPLES = `
Examples:
  $ emcp token inspect --token-file token.txt
  $ emcp token mint --secret-file jwt.secret | emcp token inspect --token-file -`;

const LOGIN_EXAMPLES = `
Examples:
  $ emcp token login --url https://example.org --login admin --password-file password.txt > token.txt`;
