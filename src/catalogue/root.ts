import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(import.meta.url);

/** The folder of the package this code belongs to, built or not. */
export function packageRoot(): string {
  let folder = dirname(HERE);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Tests run the TypeScript as it is; everybody else runs the build. */
export function runsFromSource(): boolean {
  return HERE.endsWith('.ts');
}

/** The built-in profiles: as they are written, or as the build has read them. */
export function profilesFolder(): string {
  return join(packageRoot(), runsFromSource() ? 'profiles' : 'dist/profiles');
}
