import { describe, expect, it } from 'vitest';
import { createDatabaseProbe } from '../../src/probes/database.ts';
import { databaseLabel, parseDatabaseUrl } from '../../src/probes/database-url.ts';
import { createJournal } from '../../src/journal/recorder.ts';
import { createRedactor } from '../../src/journal/redact.ts';

describe('a database URL', () => {
  it('is read in all its parts', () => {
    const text = 'mariadb://some%40one:pa%2Fss-word@db.example/site?socket=/run/my.sock&sslmode=verify-full';
    expect(parseDatabaseUrl(text, createRedactor())).toEqual({
      kind: 'mysql',
      host: 'db.example',
      port: 3306,
      socket: '/run/my.sock',
      user: 'some@one',
      password: 'pa/ss-word',
      database: 'site',
      tls: 'verified',
    });
    const local = parseDatabaseUrl('postgresql://me@[::1]:6000/site', createRedactor());
    expect(local).toMatchObject({ kind: 'postgres', host: '::1', port: 6000, password: '', tls: 'off' });
    expect(parseDatabaseUrl('sqlite:///var/site.db', createRedactor())).toEqual({
      kind: 'sqlite',
      file: '/var/site.db',
    });
  });

  it('makes its password known to the redactor, and its label does not show it', () => {
    const redactor = createRedactor();
    const url = parseDatabaseUrl('mysql://me:pa%2Fss-word@host/site', redactor);
    expect(redactor.text('pa/ss-word and pa%2Fss-word')).not.toContain('ss-word');
    expect(databaseLabel(url)).toBe('mysql host:3306/site');
  });

  it.each([
    'site.db',
    'sqlite:',
    'oracle://a:secret-word@b/c',
    'mysql://a:secret-word@b',
    'mysql://host/site',
    'mysql://a:secret-word@b/c?ssl=1',
    'postgres://a:secret-word@b/c?sslmode=maybe',
  ])('is refused without a word of its password when it cannot be used: %s', (text) => {
    const parse = () => parseDatabaseUrl(text, createRedactor());
    expect(parse).toThrow(expect.objectContaining({ code: 'database-url' }));
    expect(parse).not.toThrow(/secret-word/);
  });
});

describe('a table prefix', () => {
  it.each(['evo-', 'a b', '"; drop', '`', 'é_', 'x'.repeat(41)])(
    'is refused when it is more than a name: %s',
    (prefix) => {
      const recorder = createJournal(createRedactor()).recorderFor('test');
      const { signal } = new AbortController();
      const url = { kind: 'sqlite', file: 'x' } as const;
      const create = () => createDatabaseProbe({ url, prefix, recorder, signal });
      expect(create).toThrow(expect.objectContaining({ code: 'table-prefix' }));
    },
  );
});
