/** The text of a line of a scanned file, without secrets and without its end; undefined when it cannot be had. */
export type LineOf = (file: string, line: number) => string | undefined;
