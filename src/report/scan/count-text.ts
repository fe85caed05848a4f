import { digits } from './digits.js';

/** `1 object`, `3,456 objects`. */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${digits(count)} ${count === 1 ? one : many}`;
