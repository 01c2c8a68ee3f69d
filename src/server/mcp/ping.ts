import { result, type Method } from './method.ts';

export const ping: Method = () => result({});
