/** Comments before it may be a licence, hardly more. */
const MAX_COMMENTS = 200;

/** The first line that is neither blank nor a comment, without its indentation, at most 1000 characters of it. */
export function firstLine(text: string): string {
  const line = /[ \t]*([^\r\n]*)[\r\n]*/y;
  for (let tries = 0; tries < MAX_COMMENTS && line.lastIndex < text.length; tries++) {
    const content = line.exec(text)?.[1] ?? '';
    if (content !== '' && content[0] !== '#' && content[0] !== ';') return content.slice(0, 1000);
  }
  return '';
}
