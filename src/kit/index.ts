export * from './define.ts';
export * from './observe.ts';
export * from './vocabulary.ts';
export * from './facts.ts';
export * from './initialize.ts';
export * from './tools-list.ts';
export * from './read-call.ts';
export * from './burst.ts';
