export * from './define.ts';
export * from './observe.ts';
export * from './vocabulary.ts';
