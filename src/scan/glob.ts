/**
 * A pattern over names with slashes as a test: `*` and `?` stay within a part, `**` spans parts, `{a,b}` is either. A pattern
 * that names a folder covers what is in it, as in .gitignore.
 */
export function glob(pattern: string): (name: string) => boolean {
  const trimmed = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const source = trimmed.replace(/\*\*\/|\/\*\*$|\*\*|\*|\?|\{[^{}]*\}|[.+^$()|[\]\\{}]/g, (token) => {
    switch (token) {
      case '**/':
        return '(?:.*/)?';
      case '/**':
        return '(?:/.*)?';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      default:
        return token.length > 1 ? `(?:${token.slice(1, -1).split(',').map(escape).join('|')})` : `\\${token}`;
    }
  });
  const expression = new RegExp(`^${source}(?:/.*)?$`);
  return (name) => expression.test(name);
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
