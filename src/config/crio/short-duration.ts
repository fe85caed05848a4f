/** A Go duration as people write it: `10m0s` is `10m`, `1h0m0s` is `1h`; other text as it is. */
export const shortDuration = (text: string): string =>
  /^\d[\dhms.]*$/.test(text) ? text.replace(/(?<=[hm])0s$/, '').replace(/(?<=h)0m$/, '') : text;
