/** Go's `filepath.Glob`: a star stays within its directory, and what is no pattern finds nothing. */
export function globPattern(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const set = /^\[(\^?)((?:\\.|[^\]\\])+)\]/.exec(pattern.slice(at));
      if (set === null) return /^(?!)/;
      source += `[${set[1] ?? ''}${set[2] ?? ''}]`;
      at += set[0].length - 1;
    } else {
      if (char === '\\') at += 1;
      source += (pattern[at] ?? '').replace(/[.+^${}()|[\]\\*?]/, '\\$&');
    }
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^(?!)/;
  }
}
