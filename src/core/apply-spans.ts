/** The text with something else in the place of each span; spans are in their order and do not overlap. */
export function applySpans<S extends { readonly start: number; readonly end: number }>(
  text: string,
  spans: readonly S[],
  inPlaceOf: (span: S, index: number) => string,
): string {
  if (spans.length === 0) return text;
  let out = '';
  let from = 0;
  spans.forEach((span, index) => {
    out += text.slice(from, span.start) + inPlaceOf(span, index);
    from = span.end;
  });
  return out + text.slice(from);
}
